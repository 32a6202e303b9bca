package io.github.taplab.internal.placement;

/** Makes labs. */
public interface LabMaker<L extends AutoCloseable> {

    /** Starts a lab and waits until it can be used; an interrupt ends that, and leaves nothing. */
    L make(LabRequest request);

    /** Gives a lab that was made for one class to another one, whose request is like that one's. */
    void give(L lab, LabRequest request);
}
