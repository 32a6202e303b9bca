package io.github.taplab.spec;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Which host of its subnet each station of a lab is: 1 is the gateway, 2 the first launcher, 3 the gateway's container
 * until it has taken over 1; then come the clients, further launchers and the guests' NICs.
 */
@API(status = Status.STABLE, since = "0.1.0")
public final class HostNumbers {

    public static final int GATEWAY = 1;

    private static final int FIRST_LAUNCHER = 2;
    public static final int GATEWAY_CONTAINER = 3;
    private static final int FIRST_FREE = 4;

    private final LabSpec lab;

    public HostNumbers(LabSpec lab) {
        this.lab = lab;
    }

    /**
     * The launcher of this name.
     *
     * @throws IllegalArgumentException if the lab has no such launcher
     */
    public int launcher(String name) {
        int index = place("launcher", name, lab.launchers());
        return index == 0 ? FIRST_LAUNCHER : FIRST_FREE + lab.clients().size() + index - 1;
    }

    /**
     * The client of this name.
     *
     * @throws IllegalArgumentException if the lab has no such client
     */
    public int client(String name) {
        return FIRST_FREE + place("client", name, lab.clients());
    }

    // Of a name that is none the number would be that of another station.
    private static int place(String kind, String name, List<String> names) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "The lab has no %s %s, it has %s".formatted(kind, Quoted.of(name), Quoted.names(names)));
        }
        return index;
    }

    /**
     * A guest's first NIC; its further NICs have the numbers that follow. The guest's NIC has the address of that
     * number only where it has one of its own, but always its MAC address.
     *
     * @param index the guest's place in {@link LabSpec#guests}
     */
    public int guest(int index) {
        return FIRST_FREE
                + lab.clients().size()
                + lab.launchers().size()
                - 1
                + nics(lab.guests().subList(0, index));
    }

    /** How many hosts such a lab has, counted from the first. */
    static int needed(List<GuestSpec> guests, int clients, int launchers) {
        return FIRST_FREE - 1 + clients + Math.max(0, launchers - 1) + nics(guests);
    }

    private static int nics(List<GuestSpec> guests) {
        return guests.stream().mapToInt(guest -> guest.nics().size()).sum();
    }
}
