package io.github.taplab.internal.guestimage;

import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.ImageSource.Remote;
import java.util.Set;

/**
 * A published image and what its publisher says of it. Taplab has run it only if {@link #seen} says so.
 *
 * @param name by which a user asks for it
 * @param source a release with a date, so that the digest stays true, and the digest
 * @param digestFrom where the digest was taken from
 * @param user the account that cloud-init gives the keys to
 * @param cloudInit whether it reads a NoCloud seed
 * @param firmware with which it boots, either of several
 * @param cpu the x86-64 level (psABI) below which its programs end with an illegal instruction or a message of glibc
 * @param remark what else a machine for it must heed; may be empty
 * @param seen what the project itself saw of it; "not run" where it saw nothing
 */
public record KnownImage(
        String name,
        Remote source,
        String digestFrom,
        String user,
        boolean cloudInit,
        Set<Firmware> firmware,
        CpuLevel cpu,
        String remark,
        String seen) {

    /** The microarchitecture levels of x86-64. */
    public enum CpuLevel {
        V1,
        V2,
        V3
    }

    public KnownImage {
        firmware = Set.copyOf(firmware);
    }
}
