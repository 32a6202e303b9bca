package io.github.taplab;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A file that a guest on a disk image has from the start; part of {@link Seed} and {@link Customize}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface GuestFile {

    /** Absolute path in the guest. */
    String path();

    /** Its content, text. */
    String content();

    /** Its permissions, octal. */
    String mode() default "0644";
}
