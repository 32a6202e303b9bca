package io.github.taplab.internal.ssh;

import java.util.Optional;

/**
 * Who logs in.
 *
 * @param name of the user
 * @param password what is offered; empty: the lab's key
 */
public record SshUser(String name, Optional<String> password) {

    /** Without the password. */
    @Override
    public String toString() {
        return "%s with %s".formatted(name, password.isPresent() ? "a password" : "the lab's key");
    }

    /** Root, with the lab's key. */
    public static final SshUser ROOT = new SshUser("root", Optional.empty());
}
