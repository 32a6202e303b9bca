/** What a test class writes: the annotations, and the extension for a lab whose spec is computed. */
@NullMarked
package io.github.taplab;

import org.jspecify.annotations.NullMarked;
