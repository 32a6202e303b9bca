package io.github.taplab.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** With what nft 1.1 answers. */
class DeafBridgeTests {

    private static final String REFUSED_INGRESS = """
            Error: Could not process rule: Operation not supported
            add chain netdev taplab_br_1 from_lab { type filter hook ingress device "br-1" priority 0; policy drop; }
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            """;
    private static final String REFUSED_EGRESS =
            REFUSED_INGRESS.replace("from_lab", "to_lab").replace("ingress", "egress");
    private static final String INGRESS = """
            table netdev taplab_br_1 { # progname nft
            \tflags owner

            \tchain from_lab {
            \t\ttype filter hook ingress device "br-1" priority filter; policy drop;
            \t}
            }
            """;

    @Test
    void whatIsListedIsThere() {
        assertThat(DeafBridge.hasRules(INGRESS)).isTrue();
        assertThat(DeafBridge.hasRules(REFUSED_EGRESS + INGRESS)).isTrue();
    }

    @Test
    void aRefusedCommandThatIsRepeatedIsNot() {
        assertThat(DeafBridge.hasRules(REFUSED_INGRESS + "table netdev taplab_br_1 {\n\tflags owner\n}\n"))
                .isFalse();
        assertThat(DeafBridge.hasRules(
                        REFUSED_INGRESS + "Error: No such file or directory\nlist table netdev taplab_br_1\n"))
                .isFalse();
        assertThat(DeafBridge.hasRules("table netdev taplab_br_1 {\n\tflags owner\n}\n" + REFUSED_INGRESS))
                .isFalse();
        assertThat(DeafBridge.hasRules("")).isFalse();
    }
}
