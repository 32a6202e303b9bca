/** What is kept of a lab when a test fails. */
@NullMarked
package io.github.taplab.internal.evidence;

import org.jspecify.annotations.NullMarked;
