/** Packets recorded by tcpdump in a container. */
@NullMarked
package io.github.taplab.internal.capture;

import org.jspecify.annotations.NullMarked;
