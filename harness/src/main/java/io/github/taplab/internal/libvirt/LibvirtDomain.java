package io.github.taplab.internal.libvirt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.machine.AgentQuestion;
import io.github.taplab.internal.machine.LauncherProcess;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.text.Visible;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.libvirt.Domain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running domain. */
final class LibvirtDomain implements Machine {

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtDomain.class);
    private static final Duration HOTPLUG = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    // libvirt gives an answer of the agent up by itself, and says so.
    private static final Duration AGENT_GRACE = Duration.ofSeconds(15);
    private static final Duration END = Duration.ofSeconds(1);
    private static final Duration KILLED = Duration.ofSeconds(10);
    // An agent's words are in it.
    private static final int SHOWN = 1000;
    // VIR_DOMAIN_REBOOT_GUEST_AGENT and VIR_DOMAIN_AFFECT_LIVE, which libvirt-java does not name for these calls.
    private static final int REBOOT_BY_AGENT = 1 << 1;
    private static final int LIVE = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final MachineConfig config;
    private final Domain domain;
    private final DomainEvents events;
    private final Libvirtd libvirtd;
    private final LauncherProcess qemu;

    LibvirtDomain(MachineConfig config, Domain domain, DomainEvents events, Libvirtd libvirtd, LauncherProcess qemu) {
        this.config = config;
        this.domain = domain;
        this.events = events;
        this.libvirtd = libvirtd;
        this.qemu = qemu;
    }

    /** Its way to another launcher. */
    LibvirtMigration migration() {
        return new LibvirtMigration(config, domain, libvirtd, this::monitorCommand);
    }

    @Override
    public CompletableFuture<Void> agentConnected() {
        return events.agent().first();
    }

    @Override
    public CompletableFuture<Void> nextAgent() {
        return events.agent().next();
    }

    // libvirt refuses what it would have to wait for. A guest that went back a moment ago has its agent in a second.
    private void awaitAgent() {
        try {
            Waiting.joined(
                    "the agent of " + config.name() + " is connected",
                    AGENT_GRACE,
                    events.agent().first());
        } catch (DeadlineExceededException | IllegalStateException e) {
            LOG.debug("libvirt is asked, and says more", e);
        }
    }

    @Override
    public String agentCommand(String json, int timeoutSeconds) {
        awaitAgent();
        return ask(
                "The agent of " + config.name(),
                "the answer to " + AgentQuestion.name(json),
                Duration.ofSeconds(timeoutSeconds).plus(AGENT_GRACE),
                () -> domain.qemuAgentCommand(json, timeoutSeconds, 0));
    }

    @Override
    public CompletableFuture<Void> reboot() {
        awaitAgent();
        CompletableFuture<Void> back = events.agent().nextSystem();
        try {
            ask(config.name() + " does not reboot", "a reboot", () -> {
                domain.reboot(REBOOT_BY_AGENT);
                return "";
            });
        } catch (IllegalStateException failure) {
            if (!isOfTheAgent(failure)) {
                events.agent().stays();
                throw failure;
            }
            if (!events.agent().leavesAllTheSame(config.name())) {
                throw failure;
            }
        }
        return back;
    }

    // Unknown to libvirt-java is VIR_ERR_AGENT_COMMAND_FAILED.
    private static boolean isOfTheAgent(IllegalStateException failure) {
        return failure.getCause() instanceof LibvirtException cause
                && cause.getError().getCode() == ErrorNumber.VIR_ERR_UNKNOWN;
    }

    @Override
    public String macvtap(NicConfig nic) {
        return interfaceOf(nic).flatMap(InterfaceXml::target).orElseThrow(() -> nic.takenOut(config.name()));
    }

    @Override
    public void setLink(NicConfig nic, boolean up) {
        InterfaceXml live = interfaceOf(nic).orElseThrow();
        ask("The link of %s can't be set".formatted(config.name()), "a NIC's link", () -> {
            domain.updateDeviceFlags(live.withLink(up), LIVE);
            return "";
        });
    }

    @Override
    public void unplug(NicConfig nic) {
        InterfaceXml live = interfaceOf(nic).orElseThrow();
        ask("A NIC of %s can't be taken out".formatted(config.name()), "a NIC to be taken out", () -> {
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
        ask("A NIC can't be put into %s".formatted(config.name()), "a NIC to be put in", () -> {
            domain.attachDeviceFlags(DomainXml.ofNic(config, nic), LIVE);
            return "";
        });
    }

    @Override
    public void suspend() {
        ask(config.name() + " does not stand still", "it to stand still", () -> {
            domain.suspend();
            return "";
        });
    }

    @Override
    public void resume() {
        ask(config.name() + " does not go on", "it to go on", () -> {
            domain.resume();
            return "";
        });
    }

    @Override
    public void kill() {
        ask(config.name() + " can't be ended", "its end", () -> {
            domain.destroy();
            return "";
        });
        Waiting.joined("libvirt says that " + config.name() + " has stopped", KILLED, events.end());
    }

    @Override
    public JsonNode monitorCommand(String command, Map<String, ?> arguments) {
        try {
            String request = MAPPER.writeValueAsString(Map.of("execute", command, "arguments", arguments));
            JsonNode answer = MAPPER.readTree(ask(
                    "The monitor of " + config.name(),
                    "the monitor's answer to " + command,
                    () -> domain.qemuMonitorCommand(request, 0)));
            if (answer.has("error")) {
                throw new IllegalStateException("QEMU refuses %s: %s"
                        .formatted(request, answer.path("error").path("desc").asText()));
            }
            return answer.path("return");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The monitor of %s answered no JSON to %s".formatted(config.name(), command), e);
        }
    }

    @Override
    public String description() {
        return ask("No XML of " + config.name(), "its XML", () -> domain.getXMLDesc(0));
    }

    @Override
    public String console() {
        return SerialXml.terminal(description());
    }

    @Override
    public String pidFile() {
        return pidFile(config);
    }

    static String pidFile(MachineConfig config) {
        return "/run/libvirt/qemu/" + config.name() + ".pid";
    }

    /** Where libvirt writes how it started QEMU, what QEMU said, and the end. */
    static String log(MachineConfig config) {
        return "/var/log/libvirt/qemu/" + config.name() + ".log";
    }

    @Override
    public Optional<String> lostDaemon() {
        return libvirtd.lost();
    }

    @Override
    public Optional<String> end() {
        return endedByNow() ? Optional.of(ended()) : Optional.empty();
    }

    private Optional<InterfaceXml> interfaceOf(NicConfig nic) {
        return InterfaceXml.find(description(), nic.mac());
    }

    private String ask(String refused, String what, Libvirtd.Call<String> call) {
        return ask(refused, what, ANSWER, call);
    }

    private String ask(String refused, String what, Duration deadline, Libvirtd.Call<String> call) {
        try {
            return libvirtd.ask("%s of %s".formatted(what, config.name()), deadline, call);
        } catch (LibvirtException e) {
            throw new IllegalStateException(why(refused, what, e), e);
        }
    }

    private String why(String refused, String what, LibvirtException failure) {
        // Of a machine that has ended libvirt says many things, also that a connection was reset.
        if (endedByNow()) {
            return stopped(what);
        }
        String plain = "%s: %s"
                .formatted(refused, Visible.beginning(Visible.lines(String.valueOf(failure.getMessage())), SHOWN));
        return switch (failure.getError().getCode()) {
            // Unknown to libvirt-java is VIR_ERR_AGENT_COMMAND_TIMEOUT: a command that the agent has taken.
            case VIR_ERR_AGENT_UNRESPONSIVE, VIR_ERR_AGENT_UNSYNCED, VIR_ERR_OPERATION_TIMEOUT, VIR_ERR_UNKNOWN ->
                silent(plain, what);
            default -> plain;
        };
    }

    @Override
    public String silence(String how, String asked) {
        return endedByNow() ? stopped(asked) : silent(how, asked);
    }

    private String silent(String how, String asked) {
        return "%s; asked for: %s; its QEMU on %s is %s; %s"
                .formatted(how, asked, qemu.node(), qemu.state(), qemu.lastLines(config.consoleLog()));
    }

    // The answer that fails and the event that says why come on two ways.
    private boolean endedByNow() {
        try {
            Waiting.joined("libvirt says that " + config.name() + " has stopped", END, events.end());
            return true;
        } catch (DeadlineExceededException stillThere) {
            return false;
        }
    }

    private String stopped(String what) {
        return "%s; asked for: %s; %s; %s"
                .formatted(ended(), what, qemu.lastLines(log(config)), qemu.lastLines(config.consoleLog()));
    }

    private String ended() {
        return "%s on %s has stopped: %s"
                .formatted(config.name(), qemu.node(), events.end().join());
    }
}
