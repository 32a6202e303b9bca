/** Chapter 6: what breaks on the way, and who is told. */
@NullMarked
package io.github.taplab.samples.faults;

import org.jspecify.annotations.NullMarked;
