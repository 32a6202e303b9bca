package io.github.taplab.internal.fault;

import java.util.List;

/**
 * A base chain of nftables.
 *
 * @param family {@code netdev}, {@code arp} or {@code inet}
 * @param name unique within its table
 * @param hook where it is called and with which priority, in nft's words
 * @param rules in their order; a frame on which none decides passes
 */
record Chain(String family, String name, String hook, List<String> rules) {

    Chain {
        rules = List.copyOf(rules);
    }

    /** What comes in on an interface, before anybody but captures has seen it. */
    static Chain ingress(String link, String... rules) {
        return new Chain("netdev", "ingress", "ingress device \"%s\" priority 0".formatted(link), List.of(rules));
    }

    /** What goes out on an interface, after everybody but captures has seen it. */
    static Chain egress(String link, String... rules) {
        return new Chain("netdev", "egress", "egress device \"%s\" priority 0".formatted(link), List.of(rules));
    }

    String text() {
        return """
                  chain %s {
                    type filter hook %s; policy accept;
                    %s
                  }
                """.formatted(name, hook, String.join("\n    ", rules));
    }
}
