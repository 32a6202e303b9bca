package io.github.taplab.internal.docker;

import io.github.taplab.spec.Subnet;

/** Another network of the Docker host overlaps with the wanted subnet. */
public final class SubnetTakenException extends Exception {

    private static final long serialVersionUID = 1L;

    public SubnetTakenException(Subnet subnet, Throwable cause) {
        super(
                "The subnet " + subnet + " overlaps with another network of the Docker host: " + cause.getMessage(),
                cause);
    }
}
