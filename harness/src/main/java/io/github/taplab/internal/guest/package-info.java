/** Guests: what the small guest needs, its agent and its handle. */
@NullMarked
package io.github.taplab.internal.guest;

import org.jspecify.annotations.NullMarked;
