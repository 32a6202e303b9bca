package io.github.taplab.node;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the call returns has to be kept, since nothing else ends what the call began. Error Prone and SpotBugs know the
 * annotation by its simple name, whatever its package, so it is Taplab's own and needs no jar beside it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface CheckReturnValue {}
