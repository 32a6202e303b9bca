package io.github.taplab.internal.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A machine that QEMU runs without libvirt, on macvtaps that are there before. It ends with its launcher. */
public final class QemuMachine implements Machine, AutoCloseable {

    private static final Duration HOTPLUG = Duration.ofSeconds(20);
    private static final int REBOOT_SECONDS = 10;
    private static final String REBOOT = "{\"execute\":\"guest-shutdown\",\"arguments\":{\"mode\":\"reboot\"}}";

    private final MachineConfig config;
    private final ByteStream process;
    private final AgentSocket agent;
    private final QmpChannel qmp;
    private final Map<String, CompletableFuture<Void>> leaving = new ConcurrentHashMap<>();
    private CompletableFuture<Void> agentConnected = new CompletableFuture<>();

    private QemuMachine(LeasedContainer launcher, MachineConfig config) {
        this.config = config;
        process = launcher.open(QemuCommand.of(config));
        agent = new AgentSocket(
                config.name(), () -> launcher.open(List.of("socat", "-", "UNIX-CONNECT:" + QemuCommand.agent(config))));
        qmp = new QmpChannel(process, this::happened, this::ended);
    }

    /**
     * Starts a machine.
     *
     * @throws IllegalStateException if QEMU refuses, with its words and what they mean
     */
    public static QemuMachine start(LeasedContainer launcher, MachineConfig config) {
        QemuMachine machine = new QemuMachine(launcher, config);
        try {
            machine.qmp.negotiate();
            config.nics().stream().filter(nic -> !nic.spec().linkUp()).forEach(nic -> machine.setLink(nic, false));
            machine.qmp.execute("cont", Map.of());
            return machine;
        } catch (RuntimeException e) {
            machine.close();
            throw new IllegalStateException(
                    "QEMU can't start %s: %s%n%s"
                            .formatted(config.name(), e.getMessage(), String.join(" ", QemuCommand.of(config))),
                    e);
        }
    }

    private void happened(JsonNode event) {
        JsonNode data = event.path("data");
        switch (event.path("event").asText()) {
            case "VSERPORT_CHANGE" -> {
                if (data.path("open").asBoolean()) {
                    synchronized (this) {
                        agentConnected.complete(null);
                    }
                }
            }
            case "DEVICE_DELETED" -> {
                CompletableFuture<Void> left =
                        leaving.remove(data.path("device").asText());
                if (left != null) {
                    left.complete(null);
                }
            }
            default -> {}
        }
    }

    private synchronized void ended(String lastWords) {
        IllegalStateException end = new IllegalStateException(lastWords);
        if (!agentConnected.completeExceptionally(end)) {
            agentConnected = CompletableFuture.failedFuture(end);
        }
        leaving.values().forEach(left -> left.completeExceptionally(end));
    }

    @Override
    public synchronized CompletableFuture<Void> agentConnected() {
        return agentConnected;
    }

    @Override
    public String agentCommand(String json, int timeoutSeconds) {
        return agent.ask(json, timeoutSeconds);
    }

    @Override
    public CompletableFuture<Void> reboot() {
        CompletableFuture<Void> back;
        synchronized (this) {
            if (!agentConnected.isCompletedExceptionally()) {
                agentConnected = new CompletableFuture<>();
            }
            back = agentConnected;
        }
        agent.tell(REBOOT, REBOOT_SECONDS);
        return back;
    }

    @Override
    public String macvtap(NicConfig nic) {
        return nic.macvtap();
    }

    @Override
    public void setLink(NicConfig nic, boolean up) {
        qmp.execute("set_link", Map.of("name", QemuCommand.device(nic.index()), "up", up));
    }

    @Override
    public void unplug(NicConfig nic) {
        String device = QemuCommand.device(nic.index());
        CompletableFuture<Void> left = leaving.computeIfAbsent(device, unused -> new CompletableFuture<>());
        qmp.execute("device_del", Map.of("id", device));
        Waiting.forEvent(
                "%s lets go of %s".formatted(config.name(), device), HOTPLUG, left, () -> "QEMU still has the device");
    }

    @Override
    public void plug(NicConfig nic) {
        qmp.execute("device_add", QemuCommand.device(nic));
    }

    @Override
    public void monitorCommand(String command, Map<String, ?> arguments) {
        qmp.execute(command, arguments);
    }

    @Override
    public String description() {
        return String.join(" ", QemuCommand.of(config));
    }

    @Override
    public String console() {
        return QemuCommand.console(config);
    }

    @Override
    public String pidFile() {
        return QemuCommand.pidFile(config);
    }

    @Override
    public void close() {
        try (process) {
            agent.close();
        }
    }
}
