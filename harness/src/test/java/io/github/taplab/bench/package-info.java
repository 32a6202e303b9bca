/**
 * How long things take, each beside its floor: what the same thing costs without Taplab, in the same run and in turn
 * with it. {@code ci/bench} runs it; of its tests only those of the figures are part of a build.
 */
@NullMarked
package io.github.taplab.bench;

import org.jspecify.annotations.NullMarked;
