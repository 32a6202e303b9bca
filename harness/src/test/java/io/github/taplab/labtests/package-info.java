/** The harness against real labs: what it promises, and what it does when things go wrong. */
@NullMarked
package io.github.taplab.labtests;

import org.jspecify.annotations.NullMarked;
