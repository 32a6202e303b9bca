/** Disk images: on the Docker host a volume each, in a launcher an overlay a guest, and the seed volume beside it. */
@NullMarked
package io.github.taplab.internal.disk;

import org.jspecify.annotations.NullMarked;
