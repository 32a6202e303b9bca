/** Assertions on nodes, links, neighbours, ping and SSH. */
@NullMarked
package io.github.taplab.assertions;

import org.jspecify.annotations.NullMarked;
