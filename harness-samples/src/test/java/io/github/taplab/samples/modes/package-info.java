/** Chapter 4: who talks to whom in each mode of a macvtap. */
@NullMarked
package io.github.taplab.samples.modes;

import org.jspecify.annotations.NullMarked;
