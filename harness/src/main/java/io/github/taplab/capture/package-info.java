/** Frames recorded on one interface, the few headers that specs assert on, and frames to send. */
@NullMarked
package io.github.taplab.capture;

import org.jspecify.annotations.NullMarked;
