package io.github.taplab;

import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.MacvtapMode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Adds a guest to the lab of {@link LabContainer}: a virtual machine whose NIC is a macvtap on the launcher's eth0. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(MacvtapVms.class)
@ExtendWith(LabExtension.class)
public @interface MacvtapVm {

    /** How tests and messages call it. */
    String name() default GuestSpec.DEFAULT_NAME;

    /** What its NIC has when the first test starts. */
    GuestAddress address() default GuestAddress.OWN;

    /** MAC address of its NIC, and so of the macvtap. By default one that reads well in a capture. */
    String mac() default "";

    /** How the macvtap deals with the others on its parent interface. */
    MacvtapMode mode() default MacvtapMode.BRIDGE;

    /** Whether the macvtap follows when the guest changes its MAC address or its multicast list. */
    boolean trustGuestRxFilters() default false;

    /** Memory in MiB, 96 to 65536. */
    int memoryMib() default GuestSpec.DEFAULT_MEMORY_MIB;

    /** Virtual CPUs, 1 to 64. */
    int cpus() default 1;
}
