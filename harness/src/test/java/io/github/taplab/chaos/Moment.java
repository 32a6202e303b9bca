package io.github.taplab.chaos;

/** When a round's fault comes: once this is reached, and a random pause later. */
enum Moment {
    /** The JVM runs, and has nothing yet. */
    JVM_STARTS("the JVM starts", 1500),
    /** The lab's network is there. */
    LAB_STARTS("the lab starts", 400),
    /** QEMU runs. */
    GUEST_BOOTS("the guest boots", 2000),
    /** The test waits, and goes on after the fault. */
    IN_TEST("in the test", 300),
    /** The test runs a command that takes some seconds. */
    IN_COMMAND("in a command", 1500),
    /** The test has passed, and its class is not over. */
    AFTER_TESTS("after the test", 300),
    /** The class is over, and its lab closes. */
    TEARDOWN("in teardown", 600),
    /** The method of the test class that throws or hangs by itself has begun. */
    IN_PHASE("in its phase", 0);

    private final String words;
    private final int longestPause;

    Moment(String words, int longestPause) {
        this.words = words;
        this.longestPause = longestPause;
    }

    String words() {
        return words;
    }

    /** The longest pause after it, in milliseconds. */
    int longestPause() {
        return longestPause;
    }

    /** Whether the lab is not ready yet. */
    boolean isInStart() {
        return this == LAB_STARTS || this == GUEST_BOOTS;
    }

    /** Whether the test has its verdict by then, so that no fault may change it. */
    boolean isAfterTests() {
        return this == AFTER_TESTS || this == TEARDOWN;
    }
}
