/**
 * What {@code ci/soak} runs, and how it is judged: the times of the runs, and whether memory, threads and file
 * descriptors stay where they are.
 */
@NullMarked
package io.github.taplab.samples.soak;

import org.jspecify.annotations.NullMarked;
