package io.github.taplab.internal.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.machine.AgentEvents;
import io.github.taplab.internal.machine.AgentQuestion;
import io.github.taplab.internal.machine.LauncherProcess;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Migration;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.wait.LateInterrupt;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A machine that QEMU runs without libvirt, on macvtaps that are there before. It ends with its launcher. */
public final class QemuMachine implements Machine, AutoCloseable {

    private static final Duration HOTPLUG = Duration.ofSeconds(20);
    private static final int REBOOT_SECONDS = 10;
    private static final String REBOOT = "{\"execute\":\"guest-shutdown\",\"arguments\":{\"mode\":\"reboot\"}}";
    private static final Duration END = Duration.ofSeconds(1);
    private static final Duration KILLED = Duration.ofSeconds(10);

    private final MachineConfig config;
    private final LauncherProcess qemu;
    private final ByteStream process;
    private final AgentSocket agent;
    private final QmpChannel qmp;
    private final Map<String, CompletableFuture<Void>> leaving = new ConcurrentHashMap<>();
    private final Set<String> takenOut = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<QemuEnd> end = new CompletableFuture<>();
    private final AgentEvents agentEvents = new AgentEvents();
    private final QemuMigration migration;

    private QemuMachine(String node, LeasedContainer launcher, MachineConfig config) {
        this.config = config;
        qemu = LauncherProcess.ofFile(node, launcher, QemuCommand.pidFile(config));
        process = launcher.open(QemuEnd.told(QemuCommand.of(config)));
        agent = new AgentSocket(
                config.name(),
                () -> Link.over(launcher.open(List.of("socat", "-", "UNIX-CONNECT:" + QemuCommand.agent(config)))),
                () -> seen() + "; " + consoleLines());
        migration = new QemuMigration(config.name(), this::execute);
        qmp = new QmpChannel(Link.over(process), this::happened, this::ended);
    }

    /**
     * Starts a machine.
     *
     * @param node the launcher's name
     * @throws IllegalStateException if QEMU refuses, with its words and what they mean
     */
    public static QemuMachine start(String node, LeasedContainer launcher, MachineConfig config) {
        return start(node, launcher, config, machine -> {
            config.nics().stream().filter(nic -> !nic.spec().linkUp()).forEach(nic -> machine.setLink(nic, false));
            config.goesOnFrom().ifPresent(new Migration(config.name(), machine::monitorCommand)::load);
            machine.resume();
        });
    }

    /**
     * Starts one that waits for a machine which runs elsewhere, and stands still until it is told to go on.
     *
     * @param node the launcher's name
     */
    public static QemuMachine await(String node, LeasedContainer launcher, MachineConfig config) {
        return start(node, launcher, config, machine -> {});
    }

    private static QemuMachine start(
            String node, LeasedContainer launcher, MachineConfig config, Consumer<QemuMachine> begin) {
        QemuMachine machine = new QemuMachine(node, launcher, config);
        try {
            machine.qmp.negotiate(machine::seen);
            begin.accept(machine);
            return machine;
        } catch (InterruptedWaitException e) {
            // It would run on after the end of its input, in the way of the next one.
            LateInterrupt.afterDoing(() -> machine.killAfter(e));
            throw e;
        } catch (RuntimeException e) {
            machine.killAfter(e);
            throw new IllegalStateException(
                    "QEMU can't start %s: %s%n%s".formatted(config.name(), e.getMessage(), definition(config)), e);
        }
    }

    /** Its way to another launcher, or from there. */
    public QemuMigration migration() {
        return migration;
    }

    /** How a machine is started, all of it. */
    public static String definition(MachineConfig config) {
        return String.join(" ", QemuCommand.of(config));
    }

    private void happened(JsonNode event) {
        JsonNode data = event.path("data");
        switch (event.path("event").asText()) {
            case "VSERPORT_CHANGE" -> {
                if (data.path("id").asText().equals(QemuCommand.AGENT)) {
                    if (data.path("open").asBoolean()) {
                        agentEvents.connected();
                    } else {
                        agentEvents.disconnected();
                    }
                }
            }
            case "RESET" -> {
                if (data.path("guest").asBoolean()) {
                    agentEvents.restarted();
                }
            }
            case "MIGRATION" -> migration.isNow(data.path("status").asText());
            case "DEVICE_DELETED" -> {
                String device = data.path("device").asText();
                takenOut.add(device);
                CompletableFuture<Void> left = leaving.remove(device);
                if (left != null) {
                    left.complete(null);
                }
            }
            default -> {}
        }
    }

    private void ended(QemuEnd how) {
        end.complete(how);
        agentEvents.ended(how.toString());
        IllegalStateException reason = new IllegalStateException(how.toString());
        leaving.values().forEach(left -> left.completeExceptionally(reason));
        migration.isOver(reason);
    }

    private String seen() {
        return hasEndedByNow()
                ? "%s on %s has stopped: %s; its QEMU is %s"
                        .formatted(config.name(), qemu.node(), end.join(), qemu.state())
                : "its QEMU on %s is %s".formatted(qemu.node(), qemu.state());
    }

    // That the agent's channel is closed is known before it is known why.
    private boolean hasEndedByNow() {
        try {
            Waiting.joined("QEMU of %s says how it has ended".formatted(config.name()), END, end);
            return true;
        } catch (DeadlineExceededException stillThere) {
            return false;
        }
    }

    private JsonNode execute(String command, Map<String, ?> arguments) {
        try {
            return qmp.execute(command, arguments, this::seen);
        } catch (IllegalStateException e) {
            throw end.isDone() ? new IllegalStateException("%s; asked for: %s".formatted(seen(), command), e) : e;
        }
    }

    @Override
    public Optional<String> end() {
        return hasEndedByNow() ? Optional.of(seen()) : Optional.empty();
    }

    @Override
    public Optional<String> lostDaemon() {
        return Optional.empty();
    }

    @Override
    public String silence(String how, String asked) {
        return hasEndedByNow()
                ? "%s; asked for: %s; %s".formatted(seen(), asked, consoleLines())
                : "%s; asked for: %s; %s; %s".formatted(how, asked, seen(), consoleLines());
    }

    private String consoleLines() {
        return qemu.lastLines(config.consoleLog());
    }

    @Override
    public CompletableFuture<Void> agentConnected() {
        return agentEvents.first();
    }

    @Override
    public CompletableFuture<Void> nextAgent() {
        return agentEvents.next();
    }

    @Override
    public String agentCommand(String json, int timeoutSeconds) {
        try {
            return agent.ask(json, timeoutSeconds);
        } catch (IllegalStateException e) {
            // What the agent's end means is said first.
            throw end.isDone()
                    ? new IllegalStateException(
                            "%s; asked for: %s; %s".formatted(seen(), AgentQuestion.name(json), consoleLines()), e)
                    : e;
        }
    }

    @Override
    public CompletableFuture<Void> reboot() {
        CompletableFuture<Void> back = agentEvents.nextSystem();
        Optional<String> refusal;
        try {
            refusal = agent.tell(REBOOT, REBOOT_SECONDS, agentEvents.leaving());
        } catch (IllegalStateException untold) {
            agentEvents.stays();
            throw untold;
        }
        if (refusal.isPresent() && !agentEvents.leavesAllTheSame(config.name())) {
            throw new IllegalStateException(
                    "%s does not reboot: %s; %s; %s".formatted(config.name(), refusal.get(), seen(), consoleLines()));
        }
        return back;
    }

    @Override
    public void suspend() {
        execute("stop", Map.of());
    }

    @Override
    public void resume() {
        execute("cont", Map.of());
    }

    @Override
    public String macvtap(NicConfig nic) {
        // The macvtap itself is the launcher's and stays.
        if (takenOut.contains(QemuCommand.device(nic.index()))) {
            throw nic.takenOut(config.name());
        }
        return nic.macvtap();
    }

    @Override
    public void setLink(NicConfig nic, boolean up) {
        execute("set_link", Map.of("name", QemuCommand.device(nic.index()), "up", up));
    }

    @Override
    public void unplug(NicConfig nic) {
        String device = QemuCommand.device(nic.index());
        CompletableFuture<Void> left = leaving.computeIfAbsent(device, unused -> new CompletableFuture<>());
        execute("device_del", Map.of("id", device));
        Waiting.forEvent(
                "%s lets go of %s".formatted(config.name(), device), HOTPLUG, left, () -> "QEMU still has the device");
    }

    @Override
    public void plug(NicConfig nic) {
        execute("device_add", QemuCommand.device(config.platform(), nic));
        takenOut.remove(QemuCommand.device(nic.index()));
    }

    @Override
    public JsonNode monitorCommand(String command, Map<String, ?> arguments) {
        return execute(command, arguments);
    }

    @Override
    public void kill() {
        try {
            boolean unused = Waiting.until(
                    "QEMU of %s has ended".formatted(config.name()), KILLED, this::isKilled, ended -> ended);
        } finally {
            close();
        }
        // It had no time to remove it, and the next QEMU would not make it anew.
        qemu.remove(QemuCommand.console(config));
    }

    // One that starts may have written no process id yet.
    private boolean isKilled() {
        qemu.kill();
        return hasEndedByNow();
    }

    @Override
    public String description() {
        return definition(config);
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
        try (process;
                qmp) {
            agent.close();
        }
    }
}
