/**
 * Handles of what runs: they exist only while a lab does, and each call looks at the node as it is now.
 *
 * <p>A call that changes the lab either returns an {@link io.github.taplab.node.Undo}, and the change ends with its
 * block, or it returns nothing, and the change stays for as long as the lab. The verb says which: {@code add},
 * {@code remove}, {@code set}, {@code flush} and {@code copy}, as at a shell, stay; every other change is undone. So
 * {@code setMac} stays and {@code spoofMac} is undone, {@code setDown} stays and {@code takeDown} is undone.
 *
 * <p>An {@code Undo} that nobody keeps can't be closed. Each method that returns one says so to the compiler's helpers:
 * Error Prone makes it an error, SpotBugs and IDEs a warning.
 */
@NullMarked
package io.github.taplab.node;

import org.jspecify.annotations.NullMarked;
