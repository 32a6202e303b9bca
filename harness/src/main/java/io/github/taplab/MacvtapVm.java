package io.github.taplab;

import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.CloudInit;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.MacvtapMode;
import io.github.taplab.spec.NicBackend;
import io.github.taplab.spec.NicModel;
import io.github.taplab.spec.ShellAccess;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Adds a guest to the lab of {@link LabContainer}: a virtual machine whose NIC is a macvtap on the launcher's eth0, or
 * for comparison a tap on a bridge there ({@link Attachment#BRIDGE}).
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(MacvtapVms.class)
@ExtendWith(LabExtension.class)
@API(status = Status.STABLE, since = "0.1.0")
public @interface MacvtapVm {

    /** How tests and messages call it. */
    String name() default GuestSpec.DEFAULT_NAME;

    /** Name of the launcher in which it runs; empty: the only one. */
    String launcher() default "";

    /** How it gets its tap. */
    Attachment attachment() default Attachment.DIRECT;

    /** What its NIC has when the first test starts. */
    GuestAddress address() default GuestAddress.OWN;

    /**
     * IPv4 address of its NIC, inside the lab's fixed {@link LabContainer#subnet}; it may be one that another station
     * has. Empty: a free one.
     */
    String ip() default "";

    /** MAC address of its NIC, and so of its macvtap. By default one that reads well in a capture. */
    String mac() default "";

    /** How the macvtap deals with the others on its parent interface. */
    MacvtapMode mode() default MacvtapMode.BRIDGE;

    /** Whether the macvtap follows when the guest changes its MAC address or its multicast list. */
    boolean trustGuestRxFilters() default false;

    /** What the guest takes its NIC for. */
    NicModel model() default NicModel.VIRTIO;

    /** Who moves the frames of a virtio NIC. */
    NicBackend backend() default NicBackend.AUTO;

    /** MTU of the macvtap and of the guest's interface in bytes, 68 to 1500; 0: the parent's. */
    int mtu() default 0;

    /** Pairs of queues of a virtio NIC, 1 to 8; a guest uses at most as many as it has CPUs. */
    int queues() default 1;

    /** Whether the guest sees a carrier, as if its cable were plugged in. */
    boolean linkUp() default true;

    /** Further NICs, the guest's eth1, eth2 and so on. */
    MacvtapNic[] moreNics() default {};

    /** Memory in MiB, 96 to 65536; 0: 128 for the small guest, 768 for one with an {@link #image}. */
    int memoryMib() default 0;

    /** Virtual CPUs, 1 to 64. */
    int cpus() default 1;

    /** How commands come into the guest. */
    ShellAccess shell() default ShellAccess.AGENT;

    /** Whether it boots or goes on from a snapshot. */
    BootMode boot() default BootMode.EITHER;

    /**
     * The disk image that the guest boots from: a name that Taplab knows, an {@code https} or {@code file} URL with its
     * {@link #checksum}, or the path of a qcow2 or raw file. The guest writes to an overlay, never to the image. Empty:
     * Taplab's own small guest, which has no disk.
     */
    String image() default "";

    /** SHA-256 or SHA-512 of the image in hexadecimal digits; needed for a URL, possible for a path. */
    String checksum() default "";

    /** What starts the boot loader of the image. */
    Firmware firmware() default Firmware.BIOS;

    /** Where the cloud-init of the image finds its data. */
    CloudInit cloudInit() default CloudInit.NO_CLOUD;

    /** That data. */
    Seed seed() default @Seed;

    /** What is put into a copy of the image before the guest boots. */
    Customize customize() default @Customize;
}
