package io.github.taplab.internal.lab;

/**
 * Whose lab it is, in messages: the name of the class that has it. That of one made ahead may change, while labels,
 * which can't, go on naming the class that it was made for.
 */
final class LabName {

    private volatile String name;

    LabName(String name) {
        this.name = name;
    }

    void change(String other) {
        name = other;
    }

    /** The name without its package. */
    String shortName() {
        String whole = name;
        return whole.substring(whole.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
