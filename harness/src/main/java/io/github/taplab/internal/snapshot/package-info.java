/** Snapshots of guests that have booted, kept on the Docker host for those that come after. */
@NullMarked
package io.github.taplab.internal.snapshot;

import org.jspecify.annotations.NullMarked;
