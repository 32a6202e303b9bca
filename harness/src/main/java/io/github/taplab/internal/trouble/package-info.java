/** Complaints of tools whose cause and cure are known. */
@NullMarked
package io.github.taplab.internal.trouble;

import org.jspecify.annotations.NullMarked;
