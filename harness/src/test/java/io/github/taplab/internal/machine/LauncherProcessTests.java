package io.github.taplab.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LauncherProcessTests {

    @Test
    void aStateIsALetterAndAWord() {
        assertThat(LauncherProcess.state("12 State:\tT (stopped)")).isEqualTo("stopped (T), process 12");
        assertThat(LauncherProcess.state("7 State:\tD (disk sleep)")).isEqualTo("disk sleep (D), process 7");
    }

    @Test
    void eachOfSeveralProcessesHasItsState() {
        assertThat(LauncherProcess.state("12 State:\tS (sleeping)\n13 State:\tT (stopped)"))
                .isEqualTo("sleeping (S), process 12 and stopped (T), process 13");
    }

    @Test
    void aProcessThatIsNotThereIsGone() {
        assertThat(LauncherProcess.state("12 ")).isEqualTo("gone, process 12");
        assertThat(LauncherProcess.state("")).isEqualTo("gone");
    }
}
