package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPromptTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nDebian GNU/Linux 13 web ttyS0\r\n\r\nweb login: ",
                "login: ",
                "web login: [   12.345678] random: crng init done\r\n",
                "web login: [   12.345678] random: crng init done\r\n[   13.1] more\r\n",
                "\r\nLogin incorrect\r\nweb login: ",
                "\u001b[?2004l\rweb login: ",
            })
    void asksForAName(String text) {
        assertThat(LoginPrompt.in(text)).isEqualTo(LoginPrompt.LOGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root\r\nPassword: ", "web login: root\r\nPassword:", "root's password: ", "Passwort: "})
    void asksForAPassword(String text) {
        assertThat(LoginPrompt.in(text)).isEqualTo(LoginPrompt.PASSWORD);
    }

    @Test
    void asksForAKey() {
        assertThat(LoginPrompt.in("\r\nPlease press Enter to activate this console. "))
                .isEqualTo(LoginPrompt.ENTER);
    }

    @Test
    void aShellThatWasTakenOverAsksForACommand() {
        assertThat(LoginPrompt.in("@taplab:0123abcd:0:idle:\r\n")).isEqualTo(LoginPrompt.COMMAND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n~ # ",
                "Last login: Tue Mar  3 10:00:00 UTC 2026 on ttyS0\r\nroot@web:~# ",
                "\u001b[?2004hroot@web:~# ",
                "(initramfs) ",
                "login: root"
            })
    void anUnfinishedLineMayBeAShellsPrompt(String text) {
        assertThat(LoginPrompt.in(text)).isEqualTo(LoginPrompt.SOMETHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "[   1.2] booting\r\n",
                "root\r\n[  170.914023] cloud-init[266]: |..o .+o+=o       |",
                "Last login: Tue Mar  3 10:00:00 UTC 2026\r\n"
            })
    void nobodyAsks(String text) {
        assertThat(LoginPrompt.in(text)).isEqualTo(LoginPrompt.NOTHING);
    }
}
