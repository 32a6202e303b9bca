package io.github.taplab.internal.session;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Who brought a Docker resource into being. As labels it is on every resource before that exists, so that a later run
 * can tell what nobody owns any more.
 *
 * @param session id of the session, eight hexadecimal digits
 * @param host name of the computer that the JVM runs on, for people
 * @param machine where {@code pid} means this JVM; empty: that is not known
 * @param pid of the JVM
 * @param started of the JVM, in the kernel's ticks since its boot, which no clock that is set changes: process ids are
 *     used again; 0: that is not known
 */
public record Owner(String session, String host, String machine, long pid, long started) {

    public static final String LABEL = "io.github.taplab.session";
    static final String LAB_LABEL = "io.github.taplab.lab";
    static final String HOST_LABEL = "io.github.taplab.host";
    static final String MACHINE_LABEL = "io.github.taplab.machine";
    static final String PID_LABEL = "io.github.taplab.pid";
    static final String STARTED_LABEL = "io.github.taplab.started";

    /** This JVM. */
    public static Owner thisProcess() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        ProcessHandle self = ProcessHandle.current();
        return new Owner(
                HexFormat.of().formatHex(random),
                hostName(),
                Machine.ofThisProcess(),
                self.pid(),
                Machine.startOf(self.pid()));
    }

    /** The owner that a resource's labels name; none, if what they say was not written by a session. */
    static Optional<Owner> of(Map<String, String> labels) {
        try {
            return Optional.of(new Owner(
                    labels.getOrDefault(LABEL, ""),
                    labels.getOrDefault(HOST_LABEL, ""),
                    labels.getOrDefault(MACHINE_LABEL, Machine.UNKNOWN),
                    Long.parseLong(labels.getOrDefault(PID_LABEL, "0")),
                    Long.parseLong(labels.getOrDefault(STARTED_LABEL, "0"))));
        } catch (NumberFormatException foreign) {
            return Optional.empty();
        }
    }

    /** Whether a resource with these labels is that of a JVM of which it can be seen here that it runs. */
    public static boolean isKnownToBeAlive(Map<String, String> labels) {
        return of(labels)
                .filter(owner -> owner.isOnThisMachine() && owner.isAlive())
                .isPresent();
    }

    /** Labels for a resource of the given lab. */
    public Map<String, String> labels(String lab) {
        return Map.of(
                LABEL, session,
                LAB_LABEL, lab,
                HOST_LABEL, host,
                MACHINE_LABEL, machine,
                PID_LABEL, Long.toString(pid),
                STARTED_LABEL, Long.toString(started));
    }

    /** A name for a resource of this session. */
    public String resourceName(String part) {
        return "taplab-" + session + "-" + part;
    }

    /** The label of all that this session has brought into being, {@code key=value}. */
    String label() {
        return LABEL + "=" + session;
    }

    /** Whether its process id can be looked up here. */
    boolean isOnThisMachine() {
        return !machine.equals(Machine.UNKNOWN) && machine.equals(Machine.ofThisProcess());
    }

    /** Whether the JVM still runs; only meaningful on this machine. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Machine.startOf(process.pid()) == started)
                .isPresent();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
