package io.github.taplab.internal.lab;

import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.node.LauncherHandle;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The connections to the libvirtds of one lab's launchers, each made once, when it is first needed. */
final class LauncherLibvirts {

    private final NodeStarts starts;
    private final NodeStarter starter;
    private final LabNodes nodes;
    private final Map<String, CompletableFuture<LibvirtConnection>> connections = new ConcurrentHashMap<>();

    LauncherLibvirts(NodeStarts starts, NodeStarter starter, LabNodes nodes) {
        this.starts = starts;
        this.starter = starter;
        this.nodes = nodes;
    }

    /**
     * Begins to start one.
     *
     * @param started waits until its launcher has
     */
    CompletableFuture<LibvirtConnection> begin(String launcher, Supplier<LauncherHandle> started) {
        return connections.computeIfAbsent(launcher, unused -> starts.begin(() -> starter.libvirt(started.get())));
    }

    /** That of a launcher which runs. */
    LibvirtConnection of(LauncherHandle launcher) {
        return nodes.joined("libvirt of " + launcher.name(), begin(launcher.name(), () -> launcher));
    }
}
