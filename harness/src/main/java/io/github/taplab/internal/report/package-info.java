/**
 * One page of HTML a run: what became of its tests, and what was seen of their labs. Records say what is on it, a
 * template how it looks, and nothing that a guest, a test or a merged page says is taken for more than text.
 */
@NullMarked
package io.github.taplab.internal.report;

import org.jspecify.annotations.NullMarked;
