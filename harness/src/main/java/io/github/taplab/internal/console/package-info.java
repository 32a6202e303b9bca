/** A guest's serial console: what it says, what is typed on it, and a shell for guests without an agent. */
@NullMarked
package io.github.taplab.internal.console;

import org.jspecify.annotations.NullMarked;
