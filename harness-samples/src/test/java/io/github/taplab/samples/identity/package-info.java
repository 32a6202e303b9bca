/** Chapter 2: whose MAC address it is. */
@NullMarked
package io.github.taplab.samples.identity;

import org.jspecify.annotations.NullMarked;
