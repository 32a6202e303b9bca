/** Disk images of guests: those that are known by name, what a file is, and the cache that fetches one once. */
@NullMarked
package io.github.taplab.internal.guestimage;

import org.jspecify.annotations.NullMarked;
