package io.github.taplab.node;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A root shell in a guest, over its command port, its agent or its console: it works with the guest's network down. */
@API(status = Status.STABLE, since = "0.1.0")
public interface GuestShell extends Shell {}
