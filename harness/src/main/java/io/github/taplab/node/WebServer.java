package io.github.taplab.node;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * All that the lab has of the internet: a web server on a network behind the gateway, the wan. It has every declared
 * name, and knows the wan only: without NAT nothing comes back from it.
 *
 * <p>Under {@code http://<name>/} and under its address it has one page, of the lines {@code name: <name>} as it was
 * asked for and {@code client: <address>} from which the request came. {@code http://<name>/?bytes=<n>} appends that
 * many bytes. Everything else is status 404, other names that somebody has for its address included.
 */
@API(status = Status.STABLE, since = "0.1.0")
public interface WebServer extends ContainerNode {}
