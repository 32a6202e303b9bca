/** The jar's own command: {@code java -jar taplab-…-standalone.jar doctor | images | clean | report merge}. */
@NullMarked
package io.github.taplab.internal.cli;

import org.jspecify.annotations.NullMarked;
