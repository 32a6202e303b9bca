/** The last frames of all interfaces of each of a lab's containers, kept there from its start. */
@NullMarked
package io.github.taplab.internal.ring;

import org.jspecify.annotations.NullMarked;
