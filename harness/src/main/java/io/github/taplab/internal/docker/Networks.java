package io.github.taplab.internal.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An engine's networks. */
public final class Networks {

    // Docker's words, and Podman's, which looks at the bridge's name first, and that is made of the subnet.
    private static final Pattern TAKEN =
            Pattern.compile("overlap|is already used on the host|bridge name \\S+ already in use");

    private final AskedEngine engine;
    private final EngineKind kind;

    Networks(AskedEngine engine, EngineKind kind) {
        this.engine = engine;
        this.kind = kind;
    }

    /**
     * Creates a network.
     *
     * @throws SubnetTakenException if another network overlaps; the engine decides this, so that two JVMs never get the
     *     same
     */
    public CreatedNetwork create(NetworkRequest request) throws SubnetTakenException {
        try {
            return engine.ask(
                    "create network " + request.name(),
                    engine.answer(),
                    asked -> kind.create(asked, request),
                    tooLate -> remove(tooLate.id()));
        } catch (DockerException e) {
            if (TAKEN.matcher(String.valueOf(e.getMessage())).find()) {
                throw new SubnetTakenException(request.subnet(), e);
            }
            throw e;
        }
    }

    /** Removes a network; one that is gone already is no error. */
    public void remove(String id) {
        try {
            engine.clean(
                    "remove network " + id, asked -> asked.removeNetworkCmd(id).exec());
        } catch (NotFoundException alreadyGone) {
            // Nothing to do.
        }
    }

    /** The networks that carry a label, {@code key} or {@code key=value}. */
    public List<LabelledNetwork> with(String label) {
        List<LabelledNetwork> found = new ArrayList<>();
        for (Network network : engine.ask(
                "list the networks labelled " + label,
                asked -> asked.listNetworksCmd()
                        .withFilter("label", List.of(label))
                        .exec())) {
            // A listing leaves out the attached containers.
            try {
                found.add(labelled(engine.ask(
                        "look at network " + network.getName(),
                        asked -> asked.inspectNetworkCmd()
                                .withNetworkId(network.getId())
                                .exec())));
            } catch (NotFoundException goneMeanwhile) {
                // Its own session removed it.
            }
        }
        return found;
    }

    private static LabelledNetwork labelled(Network network) {
        return new LabelledNetwork(
                network.getId(),
                network.getName(),
                network.getLabels(),
                network.getCreated().toInstant(),
                network.getContainers().isEmpty());
    }

    /** Plugs a running container into a further network, where it gets this address. */
    public void join(LeasedContainer container, String networkId, InetAddress ip) {
        engine.tell(
                "plug container %s into network %s".formatted(container.name(), networkId),
                asked -> asked.connectToNetworkCmd()
                        .withContainerId(container.id())
                        .withNetworkId(networkId)
                        .withContainerNetwork(new ContainerNetwork()
                                .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(ip.getHostAddress())))
                        .exec());
    }
}
