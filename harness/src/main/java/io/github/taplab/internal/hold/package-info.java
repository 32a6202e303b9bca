/** Labs that stay up for a person to look at, and how that ends. */
@NullMarked
package io.github.taplab.internal.hold;

import org.jspecify.annotations.NullMarked;
