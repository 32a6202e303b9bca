package io.github.taplab.node;

/** The station with the first address of the lab's subnet: a container, or the Docker host itself. */
public interface Gateway extends ContainerNode {}
