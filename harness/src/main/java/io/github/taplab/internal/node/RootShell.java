package io.github.taplab.internal.node;

import io.github.taplab.node.GuestShell;

/** A guest's shell as Taplab itself needs it. */
public interface RootShell extends GuestShell {

    /** Writes a file, replacing one that is there; its folder must be there. */
    void writeFile(String path, byte[] content);
}
