/** A running lab: its network, its nodes, and their order of coming and going. */
@NullMarked
package io.github.taplab.internal.lab;

import org.jspecify.annotations.NullMarked;
