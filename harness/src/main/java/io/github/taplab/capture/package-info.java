/** Packets recorded on one interface, and the few headers that specs assert on. */
@NullMarked
package io.github.taplab.capture;

import org.jspecify.annotations.NullMarked;
