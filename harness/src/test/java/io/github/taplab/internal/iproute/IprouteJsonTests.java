package io.github.taplab.internal.iproute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class IprouteJsonTests {

    @Test
    void whatIsNoJsonIsShownWithItsProgram() {
        assertThatIllegalStateException()
                .isThrownBy(() -> IprouteJson.ip("1: lo: <LOOPBACK>"))
                .withMessage("ip -j printed no JSON: 1: lo: <LOOPBACK>");
        assertThatIllegalStateException()
                .isThrownBy(() -> IprouteJson.tc("qdisc noqueue"))
                .withMessage("tc -j printed no JSON: qdisc noqueue");
    }

    /** As {@code ip -j route show} does where there are no routes. */
    @Test
    void nothingHasNoEntries() {
        assertThat(IprouteJson.ip("")).isEmpty();
        assertThat(IprouteJson.ip("[]")).isEmpty();
    }

    @Test
    void aFlagIsAWholeWord() {
        JsonNode link = IprouteJson.ip("[{\"ifname\":\"eth0\",\"flags\":[\"BROADCAST\",\"LOWER_UP\"]}]")
                .path(0);

        assertThat(IprouteJson.hasFlag(link, "LOWER_UP")).isTrue();
        assertThat(IprouteJson.hasFlag(link, "UP")).isFalse();
        assertThat(IprouteJson.hasFlag(link.path("none"), "UP")).isFalse();
    }
}
