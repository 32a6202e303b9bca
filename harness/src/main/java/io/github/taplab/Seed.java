package io.github.taplab;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What the cloud-init of a guest is told; part of {@link MacvtapVm}. It is on a volume that is there before the guest
 * boots (cloud-init's data source NoCloud), so no guest waits for a metadata service.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
@API(status = Status.STABLE, since = "0.1.0")
public @interface Seed {

    /** A user to be made, who may become root with sudo; empty: none but the image's own. */
    String user() default "";

    /** Password of that user, or without one of root. It opens the console; whether SSH takes it is up to the image. */
    String password() default "";

    /** Keys of that user, or without one of root, as lines for {@code authorized_keys}. The lab's own comes anyway. */
    String[] keys() default {};

    /** Network configuration of cloud-init as YAML; empty: all NICs are up, without DHCP. */
    String networkConfig() default "";

    /** Files, written before the commands run. */
    GuestFile[] files() default {};

    /** Lines for {@code /bin/sh}, run as root when all else is done. */
    String[] commands() default {};
}
