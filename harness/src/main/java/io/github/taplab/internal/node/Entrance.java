package io.github.taplab.internal.node;

import java.util.List;

/**
 * A way into a node.
 *
 * @param command to be pasted at a shell
 * @param note what there is to know of it; empty: nothing
 */
public record Entrance(String command, String note) {

    /** A shell in a container. */
    static Entrance shell(String container) {
        return new Entrance("docker exec -it %s sh".formatted(container), "");
    }

    /**
     * The frames that pass an interface of a container, without promiscuous mode, in which it would take in what it
     * otherwise does not.
     */
    public static Entrance capture(String container, String link) {
        return new Entrance("docker exec -it %s tcpdump -p -l -n -e -i %s".formatted(container, link), "");
    }

    /** A terminal of a container, such as the far end of a guest's serial line. */
    public static Entrance terminal(String container, String terminal, String note) {
        return new Entrance(
                "docker exec -it %s socat -,raw,echo=0,escape=0x1d OPEN:%s,rawer,noctty".formatted(container, terminal),
                "Enter wakes it, Ctrl-] leaves it" + note);
    }

    /** A text file of a container that grows. */
    public static Entrance log(String container, String file, String note) {
        return new Entrance("docker exec -it %s tail -n 50 -F %s".formatted(container, file), note);
    }

    static List<Entrance> container(String container, String nic) {
        return List.of(shell(container), capture(container, nic));
    }
}
