package io.github.taplab;

import io.github.taplab.internal.junit.LabLocks;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.HostFeature;
import io.github.taplab.spec.LabSpec;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test class a lab: a network of its own with a launcher, and the clients and the gateway that it asks for.
 *
 * <p>The lab is there before the first {@code @BeforeAll} and is removed after the last {@code @AfterAll};
 * {@code @Nested} classes share it unless they declare one of their own. Classes may run in parallel. The methods of a
 * class never do, since they share a network that they change.
 *
 * <p>Handles are injected into parameters by their type, and into fields that carry {@link FromLab}: {@link Lab},
 * {@code Launcher}, {@code Client}, {@code Gateway}, {@code WebServer}, {@code Guest}, {@code GuestShell}. Parameters
 * and fields that carry {@link FromLab} may also be the guest's {@code MacAddress} and its IP ({@code InetAddress}).
 * What is declared wrongly is reported all at once, before anything starts.
 *
 * <p>Without a Docker engine the class is skipped with the reason, or fails where {@code taplab.required=true}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(LabExtension.class)
@ResourceLock(providers = LabLocks.class)
@Tag("lab")
@API(status = Status.STABLE, since = "0.1.0")
public @interface LabContainer {

    /** How long a lab lives, and whether it goes back before each test to where it was before the first. */
    LabScope scope() default LabScope.CLASS;

    /**
     * A fixed network inside 198.18.0.0/15 such as {@code 198.18.9.0/24}, or only its size such as {@code /26}. By
     * default any free /24.
     */
    String subnet() default "/" + LabSpec.DEFAULT_PREFIX_LENGTH;

    /** Who has the subnet's first address, to which default routes point. */
    GatewayPlace gateway() default GatewayPlace.LAB;

    /**
     * Whether every station has an IPv6 address too, a unique local one. Without it containers have IPv6 switched off.
     */
    boolean ipv6() default false;

    /** Names of the clients. One that no test asks for is not started. */
    String[] clients() default LabSpec.DEFAULT_CLIENT_NAME;

    /** Names of the launchers, each with an eth0 of its own on the lab's network. */
    String[] launchers() default LabSpec.LAUNCHER_NAME;

    /**
     * Host names of the lab's internet, such as {@code www.example.com}; none: the lab has no internet. With it the
     * gateway becomes a router with NAT and a name server, and behind it is a web server that has these names and no
     * others exist. Nothing of it leaves the Docker host.
     */
    String[] internet() default {};

    /**
     * Whether the launchers are privileged containers, with all capabilities and devices of the Docker host. It is not
     * needed for anything that Taplab does.
     */
    boolean privileged() default false;

    /**
     * What the Docker host must have, such as {@code HostFeature.KVM}. Of several engines the lab goes to one that has
     * it; where none has, the class is skipped with the reason, or fails where {@code taplab.required=true}.
     */
    HostFeature[] host() default {};
}
