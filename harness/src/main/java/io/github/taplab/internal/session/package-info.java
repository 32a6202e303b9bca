/** What one JVM run shares: the engine, the image, the host's facts, and the sweeping of what a dead one left. */
@NullMarked
package io.github.taplab.internal.session;

import org.jspecify.annotations.NullMarked;
