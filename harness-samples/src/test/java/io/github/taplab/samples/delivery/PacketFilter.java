package io.github.taplab.samples.delivery;

import io.github.taplab.node.Launcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table of nftables in a launcher's network namespace: there until it is closed, and its chains count frames. */
final class PacketFilter implements AutoCloseable {

    private static final String TABLE = "sample";
    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    private final Launcher launcher;
    private final String family;

    private PacketFilter(Launcher launcher, String family) {
        this.launcher = launcher;
        this.family = family;
    }

    /**
     * Adds the table.
     *
     * @param family {@code inet}, {@code arp} or {@code netdev}
     */
    static PacketFilter on(Launcher launcher, String family, Chain... chains) {
        List<String> words = new ArrayList<>();
        for (Chain chain : chains) {
            words.add(chain.text());
        }
        launcher.run("nft", "table %s %s {\n%s}\n".formatted(family, TABLE, String.join("", words)));
        return new PacketFilter(launcher, family);
    }

    /** How many frames a chain's rule was right for, so far. */
    long counted(String chain) {
        Matcher packets = PACKETS.matcher(
                launcher.run("nft", "list", "counter", family, TABLE, chain).stdout());
        if (!packets.find()) {
            throw new AssertionError("nft shows no counter " + chain);
        }
        return Long.parseLong(packets.group(1));
    }

    @Override
    public void close() {
        launcher.run("nft", "delete", "table", family, TABLE);
    }

    /**
     * A chain with one rule.
     *
     * @param name its name and its counter's
     * @param hook where it is called, in nft's words
     * @param match which frames are meant; empty: all
     * @param verdict what becomes of them
     */
    record Chain(String name, String hook, String match, String verdict) {

        /** Counts what comes in on an interface, or goes out of it. */
        static Chain counting(String name, String hook, String link, String match) {
            return new Chain(name, "%s device \"%s\"".formatted(hook, link), match, "accept");
        }

        /** Drops what comes in on an interface, or goes out of it. */
        static Chain dropping(String hook, String link, String match) {
            return new Chain("dropped", "%s device \"%s\"".formatted(hook, link), match, "drop");
        }

        /** Drops. */
        static Chain dropping(String hook, String match) {
            return new Chain(hook, hook, match, "drop");
        }

        private String text() {
            return """
                      counter %1$s { }
                      chain %1$s {
                        type filter hook %2$s priority -300; policy accept;
                        %3$s counter name "%1$s" %4$s
                      }
                    """.formatted(name, hook, match, verdict);
        }
    }
}
