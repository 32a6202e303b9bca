/** What a virtual machine is made of, and what can be asked of a running one, whoever runs it. */
@NullMarked
package io.github.taplab.internal.machine;

import org.jspecify.annotations.NullMarked;
