/**
 * The manual macvtap experiment as specs, in the order in which a person does it by hand. Each class is one rule: where
 * it holds, and where it is broken on purpose.
 */
@NullMarked
package io.github.taplab.samples;

import org.jspecify.annotations.NullMarked;
