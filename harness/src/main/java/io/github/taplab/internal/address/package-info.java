/** The addresses of a lab's stations, and texts of a lab without what they say of its network. */
@NullMarked
package io.github.taplab.internal.address;

import org.jspecify.annotations.NullMarked;
