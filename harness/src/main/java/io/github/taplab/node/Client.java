package io.github.taplab.node;

/** A container on the lab's network beside the launcher: the place to test from. */
public interface Client extends ContainerNode {}
