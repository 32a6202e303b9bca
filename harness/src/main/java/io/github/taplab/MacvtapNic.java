package io.github.taplab;

import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.MacvtapMode;
import io.github.taplab.spec.NicBackend;
import io.github.taplab.spec.NicModel;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A further NIC of a guest, on the same parent interface as its first; the attributes are those of {@link MacvtapVm}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
@API(status = Status.STABLE, since = "0.1.0")
public @interface MacvtapNic {

    /** What the NIC has when the first test starts. The default route goes through the first NIC with an address. */
    GuestAddress address() default GuestAddress.OWN;

    /** See {@link MacvtapVm#ip}. */
    String ip() default "";

    /** See {@link MacvtapVm#mac}. */
    String mac() default "";

    /** See {@link MacvtapVm#mode}. */
    MacvtapMode mode() default MacvtapMode.BRIDGE;

    /** See {@link MacvtapVm#trustGuestRxFilters}. */
    boolean trustGuestRxFilters() default false;

    /** See {@link MacvtapVm#model}. */
    NicModel model() default NicModel.VIRTIO;

    /** See {@link MacvtapVm#backend}. */
    NicBackend backend() default NicBackend.AUTO;

    /** See {@link MacvtapVm#mtu}. */
    int mtu() default 0;

    /** See {@link MacvtapVm#queues}. */
    int queues() default 1;

    /** See {@link MacvtapVm#linkUp}. */
    boolean linkUp() default true;
}
