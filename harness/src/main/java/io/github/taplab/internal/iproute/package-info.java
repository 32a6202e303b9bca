/** What iproute2 prints, for all who read it. */
@NullMarked
package io.github.taplab.internal.iproute;

import org.jspecify.annotations.NullMarked;
