package io.github.taplab;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What is put into a copy of a guest's image before it boots, as {@code virt-customize} does; part of
 * {@link MacvtapVm}. It works for images without cloud-init. The copy is made once and kept on the Docker host.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
@API(status = Status.STABLE, since = "0.1.0")
public @interface Customize {

    /** Password of root; empty: the image's own. */
    String rootPassword() default "";

    /** Files, written before the commands run. */
    GuestFile[] files() default {};

    /** Lines for a shell inside the image, run as root while the guest is off; they have no network. */
    String[] commands() default {};
}
