/** The JUnit side: declarations read, labs kept in the Store, handles injected. */
@NullMarked
package io.github.taplab.internal.junit;

import org.jspecify.annotations.NullMarked;
