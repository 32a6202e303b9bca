package io.github.taplab.spec;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Who has the first address of the lab's subnet, to which the default routes point. */
@API(status = Status.STABLE, since = "0.1.0")
public enum GatewayPlace {
    /** A container of the lab, started where a spec asks for it. The lab's bridge has no address on the Docker host. */
    LAB,
    /**
     * The Docker host itself, through the address of the lab's bridge. The network is a Docker {@code --internal} one,
     * so nothing is routed beyond its subnet. Specs look at the host and have it talk; what would change it is refused,
     * and commands run there without {@code NET_ADMIN}.
     */
    DOCKER_HOST
}
