package io.github.taplab.internal.lab;

import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.ssh.LabKey;
import io.github.taplab.node.Node;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.HostNumbers;
import io.github.taplab.spec.LabSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which node of a lab waits for which: all start side by side, a guest after its launcher and, where its attachment
 * needs it, that launcher's libvirt, which starts for nobody else. How one starts is {@link NodeStarter}'s and
 * {@link GuestStarter}'s.
 */
final class StartOrder {

    private final LabSpec spec;
    private final LabNodes nodes;
    private final NodeStarter starter;
    private final LauncherLibvirts libvirts;
    private final GuestStarter guestStarter;
    private final LabCheckpoint checkpoint;
    private final CompletableFuture<LabKey> key;

    StartOrder(
            LabSpec spec,
            LabNodes nodes,
            NodeStarter starter,
            LauncherLibvirts libvirts,
            GuestStarter guestStarter,
            LabCheckpoint checkpoint,
            CompletableFuture<LabKey> key) {
        this.spec = spec;
        this.nodes = nodes;
        this.starter = starter;
        this.libvirts = libvirts;
        this.guestStarter = guestStarter;
        this.checkpoint = checkpoint;
        this.key = key;
    }

    /**
     * Begins to start all that a lab begins with.
     *
     * @param asked names of what else shall start of that which starts on demand
     * @return completes when all have started, or fails as soon as one can't: of a lab that can't be whole nobody waits
     *     for the rest
     */
    CompletableFuture<Void> beginAll(Set<String> asked) {
        List<CompletableFuture<Node>> all = new ArrayList<>();
        Stream.concat(asked.stream(), always()).map(this::besideLauncher).forEach(all::add);
        all.addAll(launchersAndGuests());
        return LabNodes.all(all);
    }

    /** What starts beside the launcher without being asked for. */
    private Stream<String> always() {
        return spec.internet().isEmpty() ? Stream.of() : Stream.of(LabSpec.GATEWAY_NAME, LabSpec.WEB_SERVER_NAME);
    }

    /** A node that waits for no other: a client, the gateway, the web server. It starts when it is first asked for. */
    CompletableFuture<Node> besideLauncher(String node) {
        return switch (node) {
            case LabSpec.GATEWAY_NAME -> begin(node, starter::gateway);
            case LabSpec.WEB_SERVER_NAME -> begin(node, starter::webServer);
            default -> begin(node, () -> starter.client(node));
        };
    }

    // It may be asked for when tests run already.
    private CompletableFuture<Node> begin(String node, Supplier<Node> start) {
        return nodes.begin(node, () -> checkpoint.started(start.get()));
    }

    private List<CompletableFuture<Node>> launchersAndGuests() {
        List<CompletableFuture<Node>> all = new ArrayList<>();
        Map<String, CompletableFuture<Node>> launchers = new HashMap<>();
        for (String launcher : spec.launchers()) {
            CompletableFuture<Node> started = nodes.begin(launcher, () -> launcher(launcher));
            launchers.put(launcher, started);
            all.add(started);
            if (needsLibvirt(launcher)) {
                CompletableFuture<LibvirtConnection> unused =
                        libvirts.begin(launcher, () -> (LauncherHandle) nodes.joined(launcher, started));
            }
        }
        for (int i = 0; i < spec.guests().size(); i++) {
            GuestSpec guest = spec.guests().get(i);
            int host = new HostNumbers(spec).guest(i);
            CompletableFuture<Node> launcher = Objects.requireNonNull(launchers.get(guest.launcher()));
            all.add(nodes.begin(
                    guest.name(), () -> start(guest, host, (LauncherHandle) nodes.joined(guest.launcher(), launcher))));
        }
        return all;
    }

    private Node start(GuestSpec guest, int host, LauncherHandle launcher) {
        return guestStarter.start(guest, host, launcher, () -> libvirts.of(launcher), key);
    }

    private LauncherHandle launcher(String name) {
        LauncherHandle started = starter.launcher(name);
        return guestsOf(name).findAny().isPresent() ? started : starter.libvirtd(started);
    }

    private boolean needsLibvirt(String launcher) {
        return guestsOf(launcher).anyMatch(guest -> guest.attachment() != Attachment.QEMU);
    }

    private Stream<GuestSpec> guestsOf(String launcher) {
        return spec.guests().stream().filter(guest -> guest.launcher().equals(launcher));
    }
}
