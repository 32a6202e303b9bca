/** JUnit's threads and labs: who runs beside whom, and how many; and the story of a run. */
@NullMarked
package io.github.taplab.internal.junit;

import org.jspecify.annotations.NullMarked;
