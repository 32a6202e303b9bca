/** What becomes of a command or of anything else that is waited for: its result, or why there is none. */
@NullMarked
package io.github.taplab.command;

import org.jspecify.annotations.NullMarked;
