/**
 * What a test class writes: the annotations, and the extension for a lab whose spec is computed.
 *
 * <p>Each public type here, and in {@code spec}, {@code node}, {@code capture}, {@code assertions} and {@code command},
 * says with {@link org.apiguardian.api.API @API} what it promises:
 *
 * <ul>
 *   <li>{@code STABLE}: what compiles against it, and runs with it, does so with each version up to the next major one;
 *   <li>{@code EXPERIMENTAL}: it may change or go with any version, and the change log says so;
 *   <li>{@code INTERNAL}: nobody but Taplab shall use it. All that is in {@code io.github.taplab.internal} is internal,
 *       without an annotation of its own, and changes with every version.
 * </ul>
 */
@NullMarked
package io.github.taplab;

import org.jspecify.annotations.NullMarked;
