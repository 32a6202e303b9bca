/** Where a lab comes from: made ahead, or started when it is asked for; and where it goes. */
@NullMarked
package io.github.taplab.internal.placement;

import org.jspecify.annotations.NullMarked;
