/** The guide as pages: its Markdown, made into a site. */
@NullMarked
package io.github.taplab.docs;

import org.jspecify.annotations.NullMarked;
