package io.github.taplab.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of the figure whose samples the tests of a class are. The first one only warms up. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@interface Measured {

    String value();

    /** From where on: the beginning of the test, or that of its class. */
    boolean fromClass() default false;
}
