/** Assertions on nodes, links, ARP, ping and SSH. */
@NullMarked
package io.github.taplab.assertions;

import org.jspecify.annotations.NullMarked;
