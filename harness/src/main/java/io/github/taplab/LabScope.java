package io.github.taplab;

/** How long a lab lives. */
public enum LabScope {
    /** One lab for all tests of a class; they see what the earlier ones changed. */
    CLASS,
    /** A new lab for each test; slower, and without what earlier tests left behind. */
    METHOD
}
