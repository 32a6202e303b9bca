package io.github.taplab.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import io.github.taplab.spec.GatewayPlace;
import java.util.List;

/** What differs between the engines that speak Docker's API. */
interface EngineKind {

    /**
     * Has the engine make a lab's network, a bridge of its host. It leaves to the lab what the lab is about: the host
     * has an address there only with {@link GatewayPlace#DOCKER_HOST}, and what stations send each other passes.
     */
    CreatedNetwork create(DockerClient asked, NetworkRequest request);

    /** Those of Docker's default capabilities that the engine does not give by itself. */
    List<Capability> capabilities();
}
