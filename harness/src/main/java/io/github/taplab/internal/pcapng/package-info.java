/** The pcapng format: the frames of a lab with what was done meanwhile, as Wireshark reads it. */
@NullMarked
package io.github.taplab.internal.pcapng;

import org.jspecify.annotations.NullMarked;
