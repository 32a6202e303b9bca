/** The one door to the Docker engine: no other package knows Testcontainers or docker-java. */
@NullMarked
package io.github.taplab.internal.docker;

import org.jspecify.annotations.NullMarked;
