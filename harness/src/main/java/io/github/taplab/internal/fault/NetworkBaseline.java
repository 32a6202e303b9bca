package io.github.taplab.internal.fault;

import io.github.taplab.node.Node;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node's network as it was at one moment, to which it can be put back whatever has become of it. */
public final class NetworkBaseline {

    private final Node node;
    private final String seen;
    private final NodeNetwork then;

    private NetworkBaseline(Node node, String seen) {
        this.node = node;
        this.seen = seen;
        then = NodeNetwork.read(seen);
    }

    /** Keeps a node's network as it is now. */
    public static NetworkBaseline of(Node node) {
        return new NetworkBaseline(node, NodeNetwork.look(node));
    }

    /** The same with another interface in place of one that can't come back by its name. */
    public NetworkBaseline with(String link, String instead) {
        return new NetworkBaseline(
                node, seen.replaceAll("\\b%s\\b".formatted(Pattern.quote(link)), Matcher.quoteReplacement(instead)));
    }

    private NodeNetwork now() {
        return NodeNetwork.read(NodeNetwork.look(node));
    }

    /**
     * Puts it back, and looks whether it is as it was.
     *
     * @throws IllegalStateException if it is not
     */
    public void putBack() {
        if (!now().equals(then)) {
            change();
        }
    }

    private void change() {
        NetworkReturn wayBack = wayBack();
        if (!wayBack.missingLinks().isEmpty()) {
            throw new IllegalStateException("%s can't be put back: it had the interfaces %s, which are gone"
                    .formatted(node.name(), wayBack.missingLinks()));
        }
        // What drops frames or holds them goes first.
        if (!wayBack.tables().isEmpty()) {
            node.run("nft", String.join("\n", wayBack.tables()));
        }
        Batch.tc(node, List.of("-force"), wayBack.qdiscs());
        Batch.ip(node, List.of("-force"), wayBack.newLinks());
        Batch.ip(node, List.of(), wayBack.links());
        Batch.ip(node, List.of(), wayBack().addresses());
        wayBack = wayBack();
        for (String family : List.of("-4", "-6")) {
            Batch.ip(node, List.of(family), wayBack.rules(family));
            Batch.ip(node, List.of(family), wayBack.routes(family));
        }
        Batch.ip(node, List.of(), wayBack.neighbours());
        LinkChange.awaitOperStates(node, then.state());
        requireBack(now());
    }

    private NetworkReturn wayBack() {
        return new NetworkReturn(then, now());
    }

    private void requireBack(NodeNetwork now) {
        if (!now.equals(then)) {
            throw new IllegalStateException(
                    "%s can't be put back: %s".formatted(node.name(), then.differencesFrom(now)));
        }
    }
}
