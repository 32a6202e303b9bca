/** Faults of nodes: what to tell nftables, tc and ip, and how to take it back. */
@NullMarked
package io.github.taplab.internal.fault;

import org.jspecify.annotations.NullMarked;
