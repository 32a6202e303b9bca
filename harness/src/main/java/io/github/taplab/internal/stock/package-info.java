/** What stays when runs are over, on the Docker host and in the cache: how large and how old, and what may go. */
@NullMarked
package io.github.taplab.internal.stock;

import org.jspecify.annotations.NullMarked;
