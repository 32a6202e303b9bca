package io.github.taplab.internal.machine;

import io.github.taplab.spec.Firmware;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kind of CPU that a host and its guests have, and what QEMU makes a machine of that kind of. */
public enum Platform {
    /** The PC. */
    AMD64("x86_64", "pc", "VGA", "/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"),
    /** QEMU's board without a model in hardware: no BIOS, and no PCI device is plugged in but behind a port. */
    ARM64(
            "aarch64",
            "virt",
            "virtio-gpu-pci",
            "/usr/share/AAVMF/AAVMF_CODE.no-secboot.fd",
            "/usr/share/AAVMF/AAVMF_VARS.fd");

    private final String kernelName;
    private final String machineType;
    private final String screen;
    private final String firmwareCode;
    private final String firmwareVariables;

    Platform(String kernelName, String machineType, String screen, String firmwareCode, String firmwareVariables) {
        this.kernelName = kernelName;
        this.machineType = machineType;
        this.screen = screen;
        this.firmwareCode = firmwareCode;
        this.firmwareVariables = firmwareVariables;
    }

    /** The one that a kernel calls so ({@code uname -m}). */
    public static Optional<Platform> ofKernelName(String name) {
        return Arrays.stream(values())
                .filter(platform -> platform.kernelName.equals(name))
                .findFirst();
    }

    /** What a kernel, QEMU and libvirt call it. */
    public String kernelName() {
        return kernelName;
    }

    /** The program that emulates it, and that runs it under KVM. */
    public String emulator() {
        return "qemu-system-" + kernelName;
    }

    /** What QEMU and libvirt call the board. */
    public String machineType() {
        return machineType;
    }

    /** The board with what QEMU does not choose by itself. */
    public String board(Boot boot) {
        return switch (this) {
            case AMD64 ->
                machineType
                        + absentTimers(boot).stream()
                                .map(timer -> "," + timer + "=off")
                                .collect(Collectors.joining());
            // The newest interrupt controller that the accelerator has: the oldest, the default, is for 8 CPUs.
            case ARM64 -> machineType + ",gic-version=max";
        };
    }

    /**
     * The board's timers that the small guest does without, as QEMU and libvirt call them. Linux takes a PC's HPET for
     * the first ticks of its boot and then stops it, which QEMU's does not obey: it wakes QEMU 250 times a second for
     * the rest of an idle guest's life. Without one there is the PIT, which does.
     *
     * <p>A kernel that comes with a disk keeps it: one that does not trust the TSC, as that of {@code debian-cloud} is
     * told not to, has no other clock than the ACPI timer then, whose 24 bits are full in less than five seconds.
     */
    public List<String> absentTimers(Boot boot) {
        return this == AMD64 && boot instanceof Boot.Kernel ? List.of("hpet") : List.of();
    }

    /**
     * Features of an emulated CPU, which has all that QEMU can emulate, that a kernel would use for speed, and that
     * cost it time under emulation: repeated byte moves, which TCG makes one byte at a time, and a fifth level of page
     * tables. Without them the small guest's boot takes a tenth less processor time.
     */
    public List<String> slowFeatures() {
        return this == AMD64 ? List.of("erms", "fsrm", "la57") : List.of();
    }

    /** QEMU's device for the screen. */
    public String screen() {
        return screen;
    }

    /** What libvirt calls it. */
    public String libvirtScreen() {
        return this == AMD64 ? "vga" : "virtio";
    }

    /** The firmware that a machine has where a spec asks for one: there is no BIOS but a PC's. */
    public Firmware firmware(Firmware asked) {
        return this == AMD64 ? asked : Firmware.UEFI;
    }

    /** Where the lab image has the UEFI firmware's code, shared by all machines. */
    public String firmwareCode() {
        return firmwareCode;
    }

    /** Where the lab image has what a machine's own UEFI variables start from. */
    public String firmwareVariables() {
        return firmwareVariables;
    }

    /** Whether a kernel that QEMU loads itself finds ACPI tables; without it describes the board by a device tree. */
    boolean hasAcpiWithoutFirmware() {
        return this == AMD64;
    }

    /**
     * Whether a guest learns that it goes on from a snapshot ({@code vmgenid}). Two that go on from the same one and
     * don't know would draw the same random numbers.
     */
    public boolean tellsGenerations() {
        return this == AMD64;
    }

    /** Whether a PCI device is plugged in and out behind a port of its own, which the machine has from the start. */
    public boolean plugsBehindPorts() {
        return this == ARM64;
    }
}
