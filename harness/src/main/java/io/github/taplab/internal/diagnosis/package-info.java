/** Why an assertion may have failed: what does not go together in the tables of a lab's nodes. */
@NullMarked
package io.github.taplab.internal.diagnosis;

import org.jspecify.annotations.NullMarked;
