/** Chapter 5: which frames a macvtap takes in for its guest. */
@NullMarked
package io.github.taplab.samples.delivery;

import org.jspecify.annotations.NullMarked;
