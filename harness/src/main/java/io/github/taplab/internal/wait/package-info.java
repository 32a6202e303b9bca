/** The one place that waits: every wait has a name, a deadline and the last thing seen. */
@NullMarked
package io.github.taplab.internal.wait;

import org.jspecify.annotations.NullMarked;
