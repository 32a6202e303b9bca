package io.github.taplab;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A file that a guest on a disk image has from the start; part of {@link Seed} and {@link Customize}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
@API(status = Status.STABLE, since = "0.1.0")
public @interface GuestFile {

    /** Absolute path in the guest. */
    String path();

    /** Its content, text. */
    String content();

    /** Its permissions, octal. */
    String mode() default "0644";
}
