package io.github.taplab.internal.image;

/**
 * The lab image that an engine has.
 *
 * @param id the engine's
 * @param tag one of its names there, by which others are built on it
 */
public record LabImage(String id, String tag) {}
