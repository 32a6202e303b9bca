package io.github.taplab.internal.placement;

import java.util.Optional;

/** Makes labs on one host. */
public interface LabMaker<L extends AutoCloseable> {

    /** Starts a lab and waits until it can be used; an interrupt ends that, and leaves nothing. */
    L make(LabRequest request);

    /**
     * Has a lab do what makes its first use quick for whoever gets it. Nobody waits for it yet; whatever fails is left
     * to be found in use, and an interrupt ends it.
     */
    void breakIn(L lab);

    /** Gives a lab that was made for one class to another one, whose request is like that one's. */
    void give(L lab, LabRequest request);

    /** How much of what a lab needs is there already, as far as is known without asking; see {@link LabHost}. */
    int prepared(LabRequest request);

    /** Why a lab can't be there, whatever else is, as far as is known without asking; empty: nothing is known. */
    Optional<String> unfit(LabRequest request);

    /** Asks the host whether it is lost for labs, and why; empty: it is not. */
    Optional<String> lost();
}
