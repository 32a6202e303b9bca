/** An engine's socket on another machine, over SSH. It needs no container, so {@code internal.docker} may use it. */
@NullMarked
package io.github.taplab.internal.ssh.tunnel;

import org.jspecify.annotations.NullMarked;
