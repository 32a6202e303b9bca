package io.github.taplab.internal.argument;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Quoted;
import java.net.InetAddress;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A call of a test, whose arguments are checked before anything is asked or changed: a tool would take some for an
 * option of its own, and say of others what only its author understands.
 *
 * @param node whose
 * @param verb name of the method
 */
public record Call(String node, String verb) {

    // What Linux takes (dev_valid_name), and no tool for an option.
    private static final Pattern LINK = Pattern.compile("(?!-|\\.{1,2}$)[^\\s/:\\p{Cntrl}]{1,15}");
    private static final Pattern KEY = Pattern.compile("[a-z0-9_]+");
    private static final int LEAST_MTU = 68;
    private static final int MOST_MTU = 65_535;
    private static final int MOST_VLAN = 4_094;
    private static final int MOST_REQUESTS = 1_000;
    private static final int MOST_LINES = 1_000_000;
    private static final Duration LONGEST = Duration.ofHours(24);

    /** Something that must be there. */
    public void given(String what, @Nullable Object value) {
        if (value == null) {
            throw refused("%s must be given", what, "null");
        }
    }

    /** Name of an interface. */
    public void link(@Nullable String link) {
        given("the name of an interface", link);
        if (!LINK.matcher(String.valueOf(link)).matches()) {
            throw refused(
                    "%s has 1 to 15 characters, no white space, '/' or ':' among them, and does not begin with '-'",
                    "the name of an interface", Quoted.of(String.valueOf(link)));
        }
    }

    /** An address that an interface may have as its own. */
    public void stationMac(@Nullable MacAddress mac) {
        given("a MAC address", mac);
        if (mac != null && (mac.isMulticast() || mac.bits() == 0)) {
            throw refused(
                    "%s is one station's: the lowest bit of its first octet is clear, and not all are",
                    "the MAC address of an interface", mac.toString());
        }
    }

    /** An MTU in bytes. */
    public void mtu(int mtu) {
        range("an MTU in bytes", LEAST_MTU, MOST_MTU, mtu);
    }

    /** The id of a VLAN; 0 is for tags that carry a priority only, and 4095 is reserved (IEEE 802.1Q). */
    public void vlan(int id) {
        range("a VLAN id", 1, MOST_VLAN, id);
    }

    /** How many echo requests are sent. */
    public void requests(int requests) {
        range("the number of requests", 1, MOST_REQUESTS, requests);
    }

    /** How many lines are asked for. */
    public void lines(int lines) {
        range("the number of lines", 1, MOST_LINES, lines);
    }

    private void range(String what, int least, int most, int found) {
        if (found < least || found > most) {
            throw refused("%s is " + least + " to " + most, what, Integer.toString(found));
        }
    }

    /** Addresses that have to be of one family. */
    public void oneFamily(InetAddress one, InetAddress other) {
        if (one.getAddress().length != other.getAddress().length) {
            throw refused(
                    "%s are both IPv4 or both IPv6",
                    "a network and its next hop", InterfaceIp.text(one) + " and " + InterfaceIp.text(other));
        }
    }

    /**
     * A regular expression.
     *
     * @throws PatternSyntaxException if it is none; the message has the call too
     */
    public Pattern pattern(@Nullable String regex) {
        given("a regular expression", regex);
        try {
            return Pattern.compile(String.valueOf(regex));
        } catch (PatternSyntaxException e) {
            throw new PatternSyntaxException(
                    "%s.%s: %s".formatted(node, verb, e.getDescription()), e.getPattern(), e.getIndex());
        }
    }

    /** How long something may take. */
    public void deadline(@Nullable Duration deadline) {
        given("a deadline", deadline);
        if (deadline != null && (deadline.isNegative() || deadline.isZero() || deadline.compareTo(LONGEST) > 0)) {
            throw refused("%s is longer than zero and at most " + LONGEST, "a deadline", deadline.toString());
        }
    }

    /** A program and its arguments. */
    public void command(@Nullable Duration deadline, @Nullable String @Nullable ... argv) {
        deadline(deadline);
        if (argv == null || argv.length == 0) {
            throw refused("%s is a program and its arguments, such as \"ip\", \"link\"", "a command", "none");
        }
        for (int i = 0; i < argv.length; i++) {
            @Nullable String word = argv[i];
            if (word == null || word.indexOf('\0') >= 0 || (i == 0 && word.isBlank())) {
                throw refused(
                        "%s is " + (i == 0 ? "a program's name" : "a text") + " without NUL characters",
                        "word " + (i + 1) + " of a command",
                        word == null ? "null" : Quoted.of(word));
            }
        }
    }

    /** An expression for tcpdump. */
    public void filter(@Nullable String filter) {
        given("a filter, which may be empty,", filter);
        if (filter != null && (filter.startsWith("-") || filter.chars().anyMatch(Character::isISOControl))) {
            throw refused(
                    "%s is an expression of pcap-filter(7) such as \"tcp port 22\", without control characters, and does"
                            + " not begin with '-'",
                    "a filter", Quoted.of(filter));
        }
    }

    /** Who logs in. */
    public void user(@Nullable String user) {
        given("a user", user);
        if (user != null && (user.isBlank() || user.chars().anyMatch(Character::isISOControl))) {
            throw refused("%s has a name without control characters", "a user", Quoted.of(user));
        }
    }

    /** Keys of a keyboard. */
    public void keys(@Nullable String @Nullable ... keys) {
        if (keys == null || keys.length == 0) {
            throw refused("%s are QEMU's names such as \"ctrl\", \"a\", at least one", "keys", "none");
        }
        for (String key : keys) {
            if (key == null || !KEY.matcher(key).matches()) {
                throw refused(
                        "%s is one of QEMU's names such as \"ret\"", "a key", key == null ? "null" : Quoted.of(key));
            }
        }
    }

    private IllegalArgumentException refused(String rule, String what, String found) {
        return new IllegalArgumentException("%s.%s: %s, found %s".formatted(node, verb, rule.formatted(what), found));
    }
}
