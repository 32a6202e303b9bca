/** The lab image: its build context, its tag, and that it is built once. */
@NullMarked
package io.github.taplab.internal.image;

import org.jspecify.annotations.NullMarked;
