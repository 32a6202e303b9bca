package io.github.taplab.internal.docker;

/**
 * A network that is there.
 *
 * @param id the engine's
 * @param bridge the interface that it is on the engine's host
 * @param bridgeThere whether that interface is there before the first container is
 * @param routed whether its containers surely get a default route to the gateway
 */
public record CreatedNetwork(String id, String bridge, boolean bridgeThere, boolean routed) {}
