package io.github.taplab.spec;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What a machine runs before the boot loader of its disk. */
@API(status = Status.STABLE, since = "0.1.0")
public enum Firmware {
    /** SeaBIOS; on an arm64 host, which has none, the same as {@link #UEFI}. */
    BIOS,
    /** OVMF, on arm64 AAVMF, without secure boot. */
    UEFI
}
