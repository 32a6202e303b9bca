/** What shall exist: immutable, validated values without I/O. */
@NullMarked
package io.github.taplab.spec;

import org.jspecify.annotations.NullMarked;
