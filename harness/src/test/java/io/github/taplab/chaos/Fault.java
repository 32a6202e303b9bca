package io.github.taplab.chaos;

/** What is done to a lab, from outside. */
@FunctionalInterface
interface Fault {

    /**
     * Does it.
     *
     * @return whether there was something to do it to
     */
    boolean inflict(Scene scene);
}
