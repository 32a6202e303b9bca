/** QEMU without libvirt: its command line, its monitor protocol, and what its complaints mean. */
@NullMarked
package io.github.taplab.internal.qemu;

import org.jspecify.annotations.NullMarked;
