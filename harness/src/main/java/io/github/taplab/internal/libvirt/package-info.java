/** The one door to libvirt: domains, their XML, their events and the agent's channel. */
@NullMarked
package io.github.taplab.internal.libvirt;

import org.jspecify.annotations.NullMarked;
