/** How a node's state is read and changed with iproute2, arping and ping. */
@NullMarked
package io.github.taplab.internal.node;

import org.jspecify.annotations.NullMarked;
