package io.github.taplab.internal.docker;

/**
 * A volume of the engine's in a container's file system. Unlike a folder of the host it works with a remote engine.
 *
 * @param volume its name
 * @param path where the container sees it
 * @param readOnly whether the container can't change it
 */
public record VolumeMount(String volume, String path, boolean readOnly) {}
