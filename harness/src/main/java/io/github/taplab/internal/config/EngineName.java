package io.github.taplab.internal.config;

import io.github.taplab.spec.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** An engine as {@code taplab.engines} names it. */
public sealed interface EngineName {

    /** The one that is found where none is named: Docker's usual one, or that of {@code DOCKER_HOST}. */
    record Local() implements EngineName {

        private static final String WORD = "local";

        @Override
        public String toString() {
            return WORD;
        }
    }

    /**
     * One at an address.
     *
     * @param address {@code unix:///path}, {@code tcp://host:port} or {@code ssh://[user@]host[:port][/path]}
     */
    record At(URI address) implements EngineName {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * That of a docker context.
     *
     * @param name the context's, as {@code docker context ls} lists it
     */
    record Context(String name) implements EngineName {

        private static final String PREFIX = "context:";
        private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.+-]*");

        @Override
        public String toString() {
            return PREFIX + name;
        }
    }

    /**
     * Reads the setting.
     *
     * @throws IllegalArgumentException if it is wrong, with what it may be and what was found
     */
    static List<EngineName> parse(String text) {
        Set<EngineName> names = new LinkedHashSet<>();
        for (String word : text.split(",", -1)) {
            if (!names.add(one(word.strip(), text))) {
                throw new IllegalArgumentException(
                        "taplab.engines is a list in which each engine stands once, found " + Quoted.of(text));
            }
        }
        return List.copyOf(names);
    }

    private static EngineName one(String word, String text) {
        if (word.toLowerCase(Locale.ROOT).equals(Local.WORD)) {
            return new Local();
        }
        if (word.startsWith(Context.PREFIX)
                && Context.NAME.matcher(word.substring(Context.PREFIX.length())).matches()) {
            return new Context(word.substring(Context.PREFIX.length()));
        }
        try {
            return new At(address(new URI(word)));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "taplab.engines is one or more of local, unix:///path, tcp://host:port, ssh://[user@]host[:port][/path] and context:name, with commas between, found %s"
                            .formatted(Quoted.of(text)),
                    e);
        }
    }

    /**
     * Checks that an engine can be at an address.
     *
     * @throws URISyntaxException if none can
     */
    static URI address(URI address) throws URISyntaxException {
        boolean socket = "unix".equals(address.getScheme())
                && address.getAuthority() == null
                && address.getPath() != null
                && address.getPath().length() > 1;
        boolean tcp = "tcp".equals(address.getScheme())
                && address.getHost() != null
                && address.getPort() > 0
                && address.getPath().isEmpty();
        if (!socket && !tcp && !isSsh(address)) {
            throw new URISyntaxException(address.toString(), "no engine can be there");
        }
        return address;
    }

    // Docker's syntax. There a path is refused or taken, by version; here it is that of the engine's socket.
    private static boolean isSsh(URI address) {
        return "ssh".equals(address.getScheme())
                && address.getHost() != null
                && address.getPort() != 0
                && address.getPath().length() != 1
                && !Objects.requireNonNullElse(address.getUserInfo(), "nobody").matches(".*:.*|")
                && address.getQuery() == null
                && address.getFragment() == null;
    }
}
