package io.github.taplab.internal.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QemuEndTests {

    @Test
    void aSignalIsToldByItsNumberAndNotByTheShellsWord() {
        assertThat(QemuEnd.of("qemu: a warning\nKilled\ntaplab: ended with 137\n"))
                .hasToString("QEMU was ended by signal 9. It said: qemu: a warning");
    }

    @Test
    void anExitCodeIsTold() {
        assertThat(QemuEnd.of("qemu: no such device\ntaplab: ended with 1\n"))
                .hasToString("QEMU has ended with exit code 1. It said: qemu: no such device");
    }

    @Test
    void whereNobodyIsLeftToTellNothingIsGuessed() {
        assertThat(QemuEnd.of("")).hasToString("QEMU has ended, or its launcher has. It said nothing");
    }

    /** The command is given as arguments, so no character of it means anything to the shell. */
    @Test
    void theCommandIsNoPartOfTheScript() throws Exception {
        Process shell = new ProcessBuilder(
                        QemuEnd.told(List.of("sh", "-c", "printf '%s' \"$1\"; kill -9 $$", "x", "a 'b' $c;")))
                .start();

        assertThat(shell.inputReader().lines()).containsExactly("a 'b' $c;");
        assertThat(QemuEnd.of(String.join("\n", shell.errorReader().lines().toList())))
                .hasToString("QEMU was ended by signal 9. It said nothing");
    }
}
