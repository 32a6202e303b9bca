package io.github.taplab;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Marks a field that is set from the lab before each test (a static one before all), and says which node is meant where
 * there are several of a kind: {@code @FromLab("left") Guest guest}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@API(status = Status.STABLE, since = "0.1.0")
public @interface FromLab {

    /** Name of the guest, client or launcher; empty: the only one. */
    String value() default "";
}
