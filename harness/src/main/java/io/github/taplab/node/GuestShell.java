package io.github.taplab.node;

/** A root shell in a guest, over the guest agent: it works with the guest's network down. */
public interface GuestShell extends Shell {}
