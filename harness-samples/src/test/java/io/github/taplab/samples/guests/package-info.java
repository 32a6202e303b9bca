/** Chapter 8: what guests and labs go through, and what of them stays. */
@NullMarked
package io.github.taplab.samples.guests;

import org.jspecify.annotations.NullMarked;
