/** What a user sets from outside, and where progress is told. */
@NullMarked
package io.github.taplab.internal.config;

import org.jspecify.annotations.NullMarked;
