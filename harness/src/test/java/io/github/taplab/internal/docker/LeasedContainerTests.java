package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeasedContainerTests {

    @Test
    void inMessagesACommandIsOneLine() {
        assertThat(LeasedContainer.shown(
                        List.of("perl", "-e", "# Runs tcpdump\nuse strict;\n", "--", "eth0", "two words")))
                .isEqualTo("perl -e # Runs tcpdump ... -- eth0 two words");
    }
}
