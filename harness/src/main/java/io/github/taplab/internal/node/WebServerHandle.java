package io.github.taplab.internal.node;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.WebServer;
import java.util.Optional;

/** The web server of a lab's internet. */
public final class WebServerHandle extends ContainerNodeHandle implements WebServer {

    public WebServerHandle(String name, String nic, LeasedContainer container, SwitchPort port, Stations stations) {
        super(name, nic, container, Optional.of(port), stations);
    }
}
