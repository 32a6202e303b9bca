package io.github.taplab.internal.ssh;

import java.util.Optional;

/**
 * Who logs in.
 *
 * @param name of the user
 * @param password what is offered; empty: the lab's key
 */
public record SshUser(String name, Optional<String> password) {

    /** Root, with the lab's key. */
    public static final SshUser ROOT = new SshUser("root", Optional.empty());
}
