/** Chapter 1: the manual experiment, in the order in which a person does it by hand. */
@NullMarked
package io.github.taplab.samples.experiment;

import org.jspecify.annotations.NullMarked;
