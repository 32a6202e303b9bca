/** Handles of what runs: they exist only while a lab does, and each call looks at the node as it is now. */
@NullMarked
package io.github.taplab.node;

import org.jspecify.annotations.NullMarked;
