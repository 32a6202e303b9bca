/**
 * Faults at random: each round starts a JVM with one lab, does one thing to it at a random moment, and judges what came
 * of it. {@code ci/chaos} runs it; of its tests only those of the plan, the judge and the report are part of a build.
 */
@NullMarked
package io.github.taplab.chaos;

import org.jspecify.annotations.NullMarked;
