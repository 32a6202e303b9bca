/**
 * The same experiment with guests that boot from disk images, as most clouds do. A module of its own: such a boot takes
 * ten times as long as the small guest's, and needs two images more.
 */
@NullMarked
package io.github.taplab.samples.images;

import org.jspecify.annotations.NullMarked;
