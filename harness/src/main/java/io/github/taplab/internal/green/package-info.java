/** What a test saw in its last green run, and what it sees otherwise now. */
@NullMarked
package io.github.taplab.internal.green;

import org.jspecify.annotations.NullMarked;
