/** SSH through a stream that starts in a container. */
@NullMarked
package io.github.taplab.internal.ssh;

import org.jspecify.annotations.NullMarked;
