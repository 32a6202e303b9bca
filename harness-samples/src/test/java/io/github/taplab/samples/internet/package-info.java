/** Chapter 7: what a guest needs beyond its own network. */
@NullMarked
package io.github.taplab.samples.internet;

import org.jspecify.annotations.NullMarked;
