package io.github.taplab.internal.session;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * Who brought a Docker resource into being. As labels it is on every resource before that exists, so that a later run
 * can tell what nobody owns any more.
 *
 * @param session id of the session, eight hexadecimal digits
 * @param host name of the machine that the JVM runs on
 * @param pid of the JVM
 * @param started of the JVM, in milliseconds of the epoch: process ids are used again
 */
public record Owner(String session, String host, long pid, long started) {

    static final String LABEL = "io.github.taplab.session";
    static final String LAB_LABEL = "io.github.taplab.lab";
    static final String HOST_LABEL = "io.github.taplab.host";
    static final String PID_LABEL = "io.github.taplab.pid";
    static final String STARTED_LABEL = "io.github.taplab.started";

    static Owner thisProcess() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        ProcessHandle self = ProcessHandle.current();
        return new Owner(HexFormat.of().formatHex(random), hostName(), self.pid(), startOf(self));
    }

    /** The owner that a resource's labels name. */
    static Owner of(Map<String, String> labels) {
        return new Owner(
                labels.getOrDefault(LABEL, ""),
                labels.getOrDefault(HOST_LABEL, ""),
                Long.parseLong(labels.getOrDefault(PID_LABEL, "0")),
                Long.parseLong(labels.getOrDefault(STARTED_LABEL, "0")));
    }

    /** Labels for a resource of the given lab. */
    public Map<String, String> labels(String lab) {
        return Map.of(
                LABEL, session,
                LAB_LABEL, lab,
                HOST_LABEL, host,
                PID_LABEL, Long.toString(pid),
                STARTED_LABEL, Long.toString(started));
    }

    /** A name for a resource of this session. */
    public String resourceName(String part) {
        return "taplab-" + session + "-" + part;
    }

    boolean isOnThisHost() {
        return host.equals(hostName());
    }

    /** Whether the JVM still runs; only meaningful on this host. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process) == started)
                .isPresent();
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
