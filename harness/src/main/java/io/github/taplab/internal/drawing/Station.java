package io.github.taplab.internal.drawing;

import java.util.List;

/** A station of a lab, as it was at one moment. */
public record Station(Kind kind, String name, List<Nic> nics) {

    /** What a station is; also the order in which stations are drawn. */
    public enum Kind {
        BRIDGE("Docker bridge"),
        WEB_SERVER("web server"),
        GATEWAY("gateway"),
        CLIENT("client"),
        LAUNCHER("launcher"),
        GUEST("guest");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public Station {
        nics = List.copyOf(nics);
    }
}
