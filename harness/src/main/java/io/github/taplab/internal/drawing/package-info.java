/** Drawings as SVG: a lab as it was, and the frames that passed in it. */
@NullMarked
package io.github.taplab.internal.drawing;

import org.jspecify.annotations.NullMarked;
