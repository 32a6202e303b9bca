/** What a test class writes: the annotations, the programmatic extension, and the lab. */
@NullMarked
package io.github.taplab;

import org.jspecify.annotations.NullMarked;
