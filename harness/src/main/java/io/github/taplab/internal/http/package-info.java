/** HTTP with what a node has: curl in a container, busybox' wget in a guest. */
@NullMarked
package io.github.taplab.internal.http;

import org.jspecify.annotations.NullMarked;
