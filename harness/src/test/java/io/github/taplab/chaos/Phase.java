package io.github.taplab.chaos;

/** The methods of a test class, in the order in which JUnit calls them. */
enum Phase {
    BEFORE_ALL,
    BEFORE_EACH,
    TEST,
    AFTER_EACH,
    AFTER_ALL
}
