package io.github.taplab.internal.docker;

/** A process at the other end of a {@link CommandStream}, and what is heard of it. One thread calls all this. */
interface RunningProcess {

    /** Takes a piece of its standard output; false if it is the first that is too much. */
    boolean takeStdout(byte[] bytes);

    /** Takes a piece of its standard error; false if it is the first that is too much. */
    boolean takeStderr(byte[] bytes);

    /** It is to be ended, since it ran too long. */
    void late();

    /** It runs. */
    void begun();

    /** It has so many more bytes of what it was sent. */
    void fed(int length);

    /** It has ended, and nothing more comes. */
    void ended(int exitCode);

    /** Nothing can be known of it any more. */
    void lost(RuntimeException why);
}
