package io.github.taplab.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuppressedTests {

    private final IllegalStateException failure = new IllegalStateException("it failed");

    @Test
    void aFurtherFailureIsOnTheFirst() {
        RuntimeException further = new IllegalStateException("and this too");

        Suppressed.add(failure, further);

        assertThat(failure.getSuppressed()).containsExactly(further);
    }

    /** Of one event, waited for twice. */
    @Test
    void theSameFailureIsThereOnce() {
        Suppressed.add(failure, failure);

        assertThat(failure.getSuppressed()).isEmpty();
    }
}
