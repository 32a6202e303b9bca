/** What may be passed to the calls of a running lab. */
@NullMarked
package io.github.taplab.internal.argument;

import org.jspecify.annotations.NullMarked;
