package io.github.taplab.internal.libvirt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** A running domain. */
final class LibvirtDomain implements Machine {

    private static final Duration HOTPLUG = Duration.ofSeconds(20);
    // VIR_DOMAIN_REBOOT_GUEST_AGENT and VIR_DOMAIN_AFFECT_LIVE, which libvirt-java does not name for these calls.
    private static final int REBOOT_BY_AGENT = 1 << 1;
    private static final int LIVE = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final MachineConfig config;
    private final Domain domain;
    private final DomainEvents events;

    LibvirtDomain(MachineConfig config, Domain domain, DomainEvents events) {
        this.config = config;
        this.domain = domain;
        this.events = events;
    }

    @Override
    public CompletableFuture<Void> agentConnected() {
        return events.agent();
    }

    @Override
    public String agentCommand(String json, int timeoutSeconds) {
        return ask("The agent of " + config.name(), () -> domain.qemuAgentCommand(json, timeoutSeconds, 0));
    }

    @Override
    public CompletableFuture<Void> reboot() {
        CompletableFuture<Void> back = events.nextAgent();
        ask(config.name() + " does not reboot", () -> {
            domain.reboot(REBOOT_BY_AGENT);
            return "";
        });
        return back;
    }

    @Override
    public String macvtap(NicConfig nic) {
        return interfaceOf(nic)
                .flatMap(InterfaceXml::target)
                .orElseThrow(() -> new IllegalStateException(
                        "%s has no NIC with the MAC address %s at present".formatted(config.name(), nic.mac())));
    }

    @Override
    public void setLink(NicConfig nic, boolean up) {
        InterfaceXml live = interfaceOf(nic).orElseThrow();
        ask("The link of %s can't be set".formatted(config.name()), () -> {
            domain.updateDeviceFlags(live.withLink(up), LIVE);
            return "";
        });
    }

    @Override
    public void unplug(NicConfig nic) {
        InterfaceXml live = interfaceOf(nic).orElseThrow();
        ask("A NIC of %s can't be taken out".formatted(config.name()), () -> {
            domain.detachDeviceFlags(live.text(), LIVE);
            return "";
        });
        // libvirt asks the guest and waits a little; it has no event in this binding for a guest that takes longer.
        Waiting.until(
                "%s lets go of NIC %s".formatted(config.name(), nic.mac()),
                HOTPLUG,
                () -> interfaceOf(nic),
                Optional::isEmpty);
    }

    @Override
    public void plug(NicConfig nic) {
        ask("A NIC can't be put into %s".formatted(config.name()), () -> {
            domain.attachDeviceFlags(DomainXml.ofNic(config, nic), LIVE);
            return "";
        });
    }

    @Override
    public void monitorCommand(String command, Map<String, ?> arguments) {
        try {
            String request = MAPPER.writeValueAsString(Map.of("execute", command, "arguments", arguments));
            JsonNode error = MAPPER.readTree(
                            ask("The monitor of " + config.name(), () -> domain.qemuMonitorCommand(request, 0)))
                    .path("error");
            if (!error.isMissingNode()) {
                throw new IllegalStateException("QEMU refuses %s: %s"
                        .formatted(request, error.path("desc").asText()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The monitor of %s answered no JSON to %s".formatted(config.name(), command), e);
        }
    }

    @Override
    public String description() {
        return ask("No XML of " + config.name(), () -> domain.getXMLDesc(0));
    }

    @Override
    public String console() {
        return SerialXml.terminal(description());
    }

    @Override
    public String pidFile() {
        return "/run/libvirt/qemu/" + config.name() + ".pid";
    }

    private Optional<InterfaceXml> interfaceOf(NicConfig nic) {
        return InterfaceXml.find(description(), nic.mac());
    }

    private static String ask(String what, Call call) {
        try {
            return call.answer();
        } catch (LibvirtException e) {
            throw new IllegalStateException("%s: %s".formatted(what, e.getMessage()), e);
        }
    }

    @FunctionalInterface
    private interface Call {
        String answer() throws LibvirtException;
    }
}
