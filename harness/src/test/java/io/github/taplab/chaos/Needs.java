package io.github.taplab.chaos;

/** What a kind of fault needs beyond the engine that is there. */
enum Needs {
    NOTHING,
    /** A proxy between the JVM and the engine, whose connections can be cut. */
    PROXY,
    /** An engine that may be stopped, and whose disk may be filled. */
    OWN_ENGINE
}
