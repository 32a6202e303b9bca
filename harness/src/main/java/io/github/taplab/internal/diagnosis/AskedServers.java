package io.github.taplab.internal.diagnosis;

import io.github.taplab.node.Guest;
import io.github.taplab.node.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What servers do that a failure speaks of. Unlike a look at tables that takes seconds, so they are asked only then.
 *
 * @param node from which they were asked, or on which they run
 * @param names the name servers of a node of which the failure says that it could not resolve a name; empty: not asked
 * @param ssh what a guest's SSH server turns down by its configuration; empty: not asked, or nothing
 */
record AskedServers(String node, Optional<List<NameServer>> names, List<String> ssh) {

    // A query for the root's name servers: any answer will do. On a busy machine it may take an emulated guest a second
    // to ask.
    private static final String NAME_SERVERS = """
            for server in $(sed -n 's/^nameserver *//p' /etc/resolv.conf); do
              if type bash >/dev/null 2>&1; then
                said=$(timeout 4 bash -c 'exec 3<>"/dev/udp/$0/53" &&
                  printf "\\022\\064\\001\\0\\0\\001\\0\\0\\0\\0\\0\\0\\0\\0\\002\\0\\001" >&3 &&
                  head -c 2 <&3 | wc -c' "$server" 2>/dev/null)
                [ "$said" = 2 ]
              else
                said=$(timeout 4 nslookup -type=ns . "$server" 2>&1) && ok=0 || ok=$?
                [ $ok -le 1 ] && ! echo "$said" | grep -q -e 'no servers' -e 'bad address' -e refused -e unreachable
              fi && echo "$server answers" || echo "$server silent"
            done
            """;

    private static final String SSH = """
            PATH=$PATH:/usr/sbin:/sbin
            [ -s /root/.ssh/authorized_keys ] || echo no-keys
            if type sshd >/dev/null 2>&1; then
              sshd -T 2>/dev/null | grep -i -e '^passwordauthentication no' -e '^pubkeyauthentication no' -e '^permitrootlogin no'
            else
              cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -q 'dropbear \\(-[A-Za-z]* \\)*-s ' && echo dropbear -s
            fi
            true
            """;

    /**
     * A name server.
     *
     * @param answers whether anything came back from it
     */
    record NameServer(String ip, boolean answers) {}

    AskedServers {
        names = names.map(List::copyOf);
        ssh = List.copyOf(ssh);
    }

    static AskedServers of(Node node, String failure) {
        boolean names = speaksOfNames(failure) && Words.names(failure, "from " + node.name());
        boolean ssh =
                failure.contains("authentication failed") && node instanceof Guest && Words.names(failure, node.name());
        return new AskedServers(
                node.name(),
                names ? Optional.of(nameServers(said(node, NAME_SERVERS))) : Optional.empty(),
                ssh ? turnedDown(said(node, SSH)) : List.of());
    }

    private static boolean speaksOfNames(String failure) {
        return Stream.of("name not resolved", "Could not resolve host", "bad address", "name resolution")
                .anyMatch(failure::contains);
    }

    private static String said(Node node, String script) {
        return node.tryRun("sh", "-c", script).stdout();
    }

    static List<NameServer> nameServers(String said) {
        return said.lines()
                .map(line -> line.split(" ", 2))
                .map(words -> new NameServer(words[0], words[1].equals("answers")))
                .toList();
    }

    static List<String> turnedDown(String said) {
        return said.lines().distinct().flatMap(line -> inWords(line).stream()).toList();
    }

    private static Optional<String> inWords(String line) {
        return switch (line) {
            case "no-keys" -> Optional.of("root's authorized_keys is missing or empty: no key lets root in");
            case "passwordauthentication no" -> Optional.of("it takes no passwords (PasswordAuthentication no)");
            case "pubkeyauthentication no" -> Optional.of("it takes no keys (PubkeyAuthentication no)");
            case "permitrootlogin no" -> Optional.of("it never lets root in (PermitRootLogin no)");
            case "dropbear -s" -> Optional.of("it takes no passwords (dropbear -s)");
            default -> Optional.empty();
        };
    }
}
