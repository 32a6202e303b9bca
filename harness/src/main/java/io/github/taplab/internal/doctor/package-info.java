/** What this machine can do, before a lab is asked for: each finding with what helps where something is missing. */
@NullMarked
package io.github.taplab.internal.doctor;

import org.jspecify.annotations.NullMarked;
