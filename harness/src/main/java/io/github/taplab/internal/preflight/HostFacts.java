package io.github.taplab.internal.preflight;

import java.util.HashMap;
import java.util.Map;

/**
 * What the Docker host's kernel offers.
 *
 * @param macvtapMajor major device number of macvtap, which the kernel hands out dynamically
 * @param vhost whether there is a vhost-net
 * @param kvm whether guests run under KVM
 * @param kvmReason why not, where the host has a KVM that does not work
 */
public record HostFacts(int macvtapMajor, boolean vhost, boolean kvm, String kvmReason) {

    /** Reads {@code key=value} lines. */
    static Map<String, String> lines(String output) {
        Map<String, String> facts = new HashMap<>();
        output.lines().filter(line -> line.contains("=")).forEach(line -> {
            int equals = line.indexOf('=');
            facts.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return facts;
    }
}
