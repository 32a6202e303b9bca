package io.github.taplab.labtests;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.spec.GuestAddress;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a team writes that has the same lab in many classes. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@LabContainer(
        clients = {"near", "far"},
        subnet = "/26")
@MacvtapVm(name = "vm", address = GuestAddress.NONE)
@interface BareVm {}
