package io.github.taplab.spec;

/** What a machine runs before the boot loader of its disk. */
public enum Firmware {
    /** SeaBIOS. */
    BIOS,
    /** OVMF, without secure boot. */
    UEFI
}
