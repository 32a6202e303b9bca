package io.github.taplab;

import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.GuestShell;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.WebServer;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Quoted;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be injected, and what each type means in a lab. */
final class Handles {

    /** Types that only a lab gives. */
    private static final Set<Class<?>> HANDLES = Set.of(
            Lab.class, Launcher.class, Guest.class, GuestShell.class, Client.class, Gateway.class, WebServer.class);
    /** Types that others may give too. */
    private static final Set<Class<?>> VALUES = Set.of(MacAddress.class, InetAddress.class);

    private static final Set<Class<?>> OF_A_GUEST =
            Set.of(Guest.class, GuestShell.class, MacAddress.class, InetAddress.class);

    private Handles() {}

    static boolean isHandle(Class<?> type) {
        return HANDLES.contains(type);
    }

    static boolean isInjectable(Class<?> type) {
        return HANDLES.contains(type) || VALUES.contains(type);
    }

    /** The injectable types, for messages. */
    static String injectable() {
        return "Lab, Launcher, Guest, GuestShell, Client, Gateway, WebServer, MacAddress, InetAddress";
    }

    /**
     * Why something of this type can't be injected.
     *
     * @param name the node that is meant; empty: the only one
     */
    static Optional<String> problem(Class<?> type, String name, DeclaredNodes nodes) {
        if (OF_A_GUEST.contains(type)) {
            return problem(type, "guest", name, nodes.guests(), "add @MacvtapVm to the class");
        }
        if (type == Client.class) {
            return problem(type, "client", name, nodes.clients(), "name it in @LabContainer(clients = …)");
        }
        if (type == Launcher.class) {
            return problem(type, "launcher", name, nodes.launchers(), "name it in @LabContainer(launchers = …)");
        }
        if (type == WebServer.class && !nodes.internet()) {
            return Optional.of("WebServer: the lab has no internet, name its hosts in @LabContainer(internet = …)");
        }
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of("%s %s: a lab has only one %s, leave the name out"
                        .formatted(type.getSimpleName(), Quoted.of(name), type.getSimpleName()));
    }

    private static Optional<String> problem(
            Class<?> type, String kind, String name, List<String> names, String remedy) {
        if (names.isEmpty()) {
            return Optional.of("%s: the lab has no %s, %s".formatted(type.getSimpleName(), kind, remedy));
        }
        if (name.isEmpty()) {
            return names.size() == 1
                    ? Optional.empty()
                    : Optional.of("%s: the lab has the %ss %s, say which with @FromLab(%s)"
                            .formatted(type.getSimpleName(), kind, Quoted.names(names), Quoted.of(names.get(0))));
        }
        return names.contains(name)
                ? Optional.empty()
                : Optional.of("%s %s: the lab has no such %s, it has %s"
                        .formatted(type.getSimpleName(), Quoted.of(name), kind, Quoted.names(names)));
    }

    /**
     * The node that this type and name stand for, if asking for it starts one; launcher, guests and internet always
     * run.
     */
    static Optional<String> startsNode(Class<?> type, String name, DeclaredNodes nodes) {
        if (type == Client.class) {
            return Optional.of(name.isEmpty() ? nodes.clients().get(0) : name);
        }
        return type == Gateway.class ? Optional.of(LabSpec.GATEWAY_NAME) : Optional.empty();
    }

    /** The value to inject. */
    static Object resolve(Class<?> type, String name, Lab lab) {
        if (OF_A_GUEST.contains(type)) {
            Guest guest = name.isEmpty() ? lab.guest() : lab.guest(name);
            if (type == GuestShell.class) {
                return guest.shell();
            }
            if (type == MacAddress.class) {
                return guest.mac();
            }
            return type == InetAddress.class ? guest.ip() : guest;
        }
        if (type == Client.class) {
            return name.isEmpty() ? lab.client() : lab.client(name);
        }
        if (type == Launcher.class) {
            return name.isEmpty() ? lab.launcher() : lab.launcher(name);
        }
        if (type == WebServer.class) {
            return lab.webServer();
        }
        return type == Gateway.class ? lab.gateway() : lab;
    }
}
