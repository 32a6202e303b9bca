/** Chapter 3: who has an IP address, and who is believed to. */
@NullMarked
package io.github.taplab.samples.addresses;

import org.jspecify.annotations.NullMarked;
