package io.github.taplab.internal.machine;

/** Where the lab image has the UEFI firmware: Debian's package {@code ovmf}. */
public final class Ovmf {

    /** The firmware's code, shared by all machines. */
    public static final String CODE = "/usr/share/OVMF/OVMF_CODE_4M.fd";
    /** What a machine's own variables start from. */
    public static final String VARIABLES = "/usr/share/OVMF/OVMF_VARS_4M.fd";

    private Ovmf() {}

    /** Where the variables of a machine are, beside its disk's overlay. */
    public static String variablesOf(String overlay) {
        return overlay.replaceFirst("\\.qcow2$", "") + "-variables.fd";
    }
}
