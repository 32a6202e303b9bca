/** Texts of guests and tests as files and pages show them. */
@NullMarked
package io.github.taplab.internal.text;

import org.jspecify.annotations.NullMarked;
