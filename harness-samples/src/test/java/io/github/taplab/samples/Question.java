package io.github.taplab.samples;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What people ask, and what the annotated spec answers. The README's page of questions is made of these. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Questions.class)
public @interface Question {

    /** The question, in a sentence that ends with a question mark. */
    String value();

    /** What the spec has shown, in a sentence. */
    String answer();

    /** Addresses of the public threads in which it is asked. */
    String[] asked() default {};
}
