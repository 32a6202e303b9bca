/** One run spread over several JVMs or CI jobs, each of which runs its share of the test classes. */
@NullMarked
package io.github.taplab.internal.shard;

import org.jspecify.annotations.NullMarked;
