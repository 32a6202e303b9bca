package io.github.taplab.chaos;

/** Where a method hangs: in its own code, or in a command of a node. */
enum Way {
    OWN_CODE,
    GUEST,
    LAUNCHER,
    CLIENT
}
