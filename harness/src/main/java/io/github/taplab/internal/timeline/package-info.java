/** What happened in a lab, in one stream of events, each written where it happens. */
@NullMarked
package io.github.taplab.internal.timeline;

import org.jspecify.annotations.NullMarked;
