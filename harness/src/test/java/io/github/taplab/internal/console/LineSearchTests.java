package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.DeadlineExceededException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LineSearchTests {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Incoming log = new Incoming("web");

    private String find(String regex, Duration deadline) {
        return new LineSearch("web", Pattern.compile(regex)).in(log, deadline);
    }

    @Test
    void theFirstLineIsFound() {
        log.add("one 1\r\ntwo 2\r\n\u001b[1mtwo\u001b[0m 3\r\n");

        assertThat(find("^two", SOON)).isEqualTo("two 2");
    }

    @Test
    void whatComesLaterIsWaitedFor() {
        log.add("first\n");
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(() -> {
            log.add("sec");
            log.add("ond\nthird\n");
        });

        assertThat(find("ond$", SOON)).isEqualTo("second");
    }

    @Test
    void aLineThatComesInPiecesIsFoundWhole() {
        log.add("inet 198.18.");
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(() -> log.add("0.7\n"));
        // On a busy machine the second piece has come after the time that makes a line a prompt.
        LineSearch patient = new LineSearch("web", Pattern.compile("inet .*"), SOON, SOON);

        assertThat(patient.in(log, SOON.multipliedBy(2))).isEqualTo("inet 198.18.0.7");
    }

    @Test
    void aPromptDoesNotEnd() {
        log.add("Debian\r\n\r\nweb login: ");

        assertThat(find("login: $", SOON)).isEqualTo("web login: ");
    }

    @Test
    void framesOfAShellAreNotThere() {
        log.add("@taplab:0123abcd:7:out:d2FudGVk\r\nhalf a line @taplab:0123abcd:7:end:0 6 0\r\nwanted\r\n");

        assertThat(find("taplab|wanted|half", SOON)).isEqualTo("half a line ");
    }

    @Test
    void theDeadlineHasTheLastLines() {
        for (int i = 1; i <= 40; i++) {
            log.add("line %d\r\n".formatted(i));
        }
        log.add("~ # ");

        assertThatThrownBy(() -> find("li[m]e", Duration.ofMillis(50)))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageMatching("(?s)the console of web has a line with /li\\[m]e/: not within 50 ms,"
                        + " last seen: console of web:\\Rline 11\\R.*line 40\\R~ # ");
    }

    /** It would always have one more line to look at. */
    @Test
    @Timeout(20)
    void aGuestThatWritesWithoutEndHasADeadlineToo() {
        Thread guest = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                log.add("more and more\n".repeat(100));
            }
        });
        log.add("more and more\n");
        guest.start();
        try {
            LineSearch search = new LineSearch("web", Pattern.compile("never"), SOON, Duration.ofMillis(300));

            assertThatThrownBy(() -> search.in(log, Duration.ofMillis(200)))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageStartingWith("the console of web has a line with /never/: not within 200 ms, last seen:")
                    .hasMessageContaining("more and more");
        } finally {
            guest.interrupt();
        }
    }

    @Test
    void ofALineWithoutEndAMessageHasTheBeginning() {
        log.add("x".repeat(100_000) + "\n" + "y".repeat(100_000));

        assertThatThrownBy(() -> find("never", Duration.ofMillis(50)))
                .hasMessageEndingWith("%n%s ...%n%s ...".formatted("x".repeat(500), "y".repeat(500)));
    }

    @Test
    void anEndIsNotWaitedFor() {
        log.add("last words\n");
        log.end("its launcher is gone");

        assertThatThrownBy(() -> find("more", SOON))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("the console of web has a line with /more/: can't come any more:"
                        + " The console of web: its launcher is gone\\Rconsole of web:\\Rlast words\\R");
    }
}
