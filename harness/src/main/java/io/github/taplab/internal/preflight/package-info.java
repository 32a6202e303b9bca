/** What the Docker host can do, found out before the first lab starts. */
@NullMarked
package io.github.taplab.internal.preflight;

import org.jspecify.annotations.NullMarked;
