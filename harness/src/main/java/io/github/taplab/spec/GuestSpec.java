package io.github.taplab.spec;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** A virtual machine. */
@API(status = Status.STABLE, since = "0.1.0")
public final class GuestSpec {

    /** The name of a guest that is given none. */
    public static final String DEFAULT_NAME = "guest";
    /** Enough for the small guest, in MiB. */
    public static final int DEFAULT_MEMORY_MIB = 128;
    /** Enough for a general-purpose distribution, in MiB. */
    public static final int DEFAULT_MEMORY_MIB_WITH_DISK = 768;

    private final String name;
    private final String launcher;
    private final Attachment attachment;
    private final List<NicSpec> nics;
    private final int memoryMib;
    private final int cpus;
    private final ShellAccess shell;
    private final BootMode boot;
    private final Optional<DiskSpec> disk;

    GuestSpec(
            String name,
            String launcher,
            Attachment attachment,
            List<NicSpec> nics,
            int memoryMib,
            int cpus,
            ShellAccess shell,
            BootMode boot,
            Optional<DiskSpec> disk) {
        Given.check(
                "a guest",
                "name",
                name,
                "launcher",
                launcher,
                "attachment",
                attachment,
                "nics",
                nics,
                "shell",
                shell,
                "boot",
                boot,
                "disk",
                disk);
        nics = List.copyOf(nics);
        InvalidSpecException.throwIfAny(GuestRules.broken(name, attachment, nics, memoryMib, cpus, shell, boot, disk));
        this.name = name;
        this.launcher = launcher;
        this.attachment = attachment;
        this.nics = nics;
        this.memoryMib = memoryMib;
        this.cpus = cpus;
        this.shell = shell;
        this.boot = boot;
        this.disk = disk;
    }

    /** How specs and messages call the guest: a lower-case letter, then lower-case letters, digits and hyphens. */
    public String name() {
        return name;
    }

    /** Name of the launcher in which it runs. */
    public String launcher() {
        return launcher;
    }

    /** How it gets its taps. */
    public Attachment attachment() {
        return attachment;
    }

    /** Its NICs, eth0 first; 1 to 8, all on the launcher's parent interface. */
    public List<NicSpec> nics() {
        return nics;
    }

    /** Memory in MiB, 96 to 65536. */
    public int memoryMib() {
        return memoryMib;
    }

    /** Virtual CPUs, 1 to 64. */
    public int cpus() {
        return cpus;
    }

    /** How commands come into it. */
    public ShellAccess shell() {
        return shell;
    }

    /** Whether it boots or goes on from a snapshot. */
    public BootMode boot() {
        return boot;
    }

    /** Whether it can go on from a snapshot at all. */
    public boolean canBeWarm() {
        return GuestRules.hindrance(nics, shell, disk).isEmpty();
    }

    /** What it boots from; empty: it is the small guest, which needs none. */
    public Optional<DiskSpec> disk() {
        return disk;
    }

    /** A guest with the defaults of {@code @MacvtapVm}. */
    public static GuestSpec named(String name) {
        return builder(name).build();
    }

    /** The first NIC, the guest's eth0. */
    public NicSpec nic() {
        return nics.get(0);
    }

    /** With this NIC as its only one. */
    public GuestSpec withNic(NicSpec newNic) {
        Given.check("a guest", "nic", newNic);
        return withNics(List.of(newNic));
    }

    public GuestSpec withNics(List<NicSpec> newNics) {
        return new GuestSpec(name, launcher, attachment, newNics, memoryMib, cpus, shell, boot, disk);
    }

    public GuestSpec withLauncher(String newLauncher) {
        return new GuestSpec(name, newLauncher, attachment, nics, memoryMib, cpus, shell, boot, disk);
    }

    public GuestSpec withAttachment(Attachment newAttachment) {
        return new GuestSpec(name, launcher, newAttachment, nics, memoryMib, cpus, shell, boot, disk);
    }

    public GuestSpec withMemoryMib(int newMemoryMib) {
        return new GuestSpec(name, launcher, attachment, nics, newMemoryMib, cpus, shell, boot, disk);
    }

    public GuestSpec withCpus(int newCpus) {
        return new GuestSpec(name, launcher, attachment, nics, memoryMib, newCpus, shell, boot, disk);
    }

    public GuestSpec withShell(ShellAccess newShell) {
        return new GuestSpec(name, launcher, attachment, nics, memoryMib, cpus, newShell, boot, disk);
    }

    public GuestSpec withBoot(BootMode newBoot) {
        return new GuestSpec(name, launcher, attachment, nics, memoryMib, cpus, shell, newBoot, disk);
    }

    /** With this disk, and at least the memory that a system on a disk needs. */
    public GuestSpec withDisk(DiskSpec newDisk) {
        Given.check("a guest", "disk", newDisk);
        return new GuestSpec(
                name,
                launcher,
                attachment,
                nics,
                Math.max(memoryMib, DEFAULT_MEMORY_MIB_WITH_DISK),
                cpus,
                shell,
                boot,
                Optional.of(newDisk));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GuestSpec that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    private List<Object> values() {
        return List.of(name, launcher, attachment, nics, memoryMib, cpus, shell, boot, disk);
    }

    @Override
    public String toString() {
        return "GuestSpec[name=%s, launcher=%s, attachment=%s, nics=%s, memoryMib=%s, cpus=%s, shell=%s, boot=%s, disk=%s]"
                .formatted(name, launcher, attachment, nics, memoryMib, cpus, shell, boot, disk);
    }

    /** A guest with the defaults of {@code @MacvtapVm}. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Collects a {@link GuestSpec}; nothing is checked before {@link #build}. */
    public static final class Builder {

        private final String name;
        private String launcher = LabSpec.LAUNCHER_NAME;
        private Attachment attachment = Attachment.DIRECT;
        private List<NicSpec> nics = List.of(NicSpec.DEFAULT);
        private Optional<Integer> memoryMib = Optional.empty();
        private int cpus = 1;
        private ShellAccess shell = ShellAccess.AGENT;
        private BootMode boot = BootMode.EITHER;
        private Optional<DiskSpec> disk = Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        /** Name of the launcher in which it runs. */
        public Builder launcher(String value) {
            launcher = value;
            return this;
        }

        /** How it gets its taps. */
        public Builder attachment(Attachment value) {
            attachment = value;
            return this;
        }

        /** Its NICs, eth0 first; 1 to 8, all on the launcher's parent interface. */
        public Builder nics(List<NicSpec> value) {
            nics = value;
            return this;
        }

        /** Memory in MiB, 96 to 65536; where nothing is said, what a system with or without a disk needs. */
        public Builder memoryMib(int value) {
            memoryMib = Optional.of(value);
            return this;
        }

        /** Virtual CPUs, 1 to 64. */
        public Builder cpus(int value) {
            cpus = value;
            return this;
        }

        /** How commands come into it. */
        public Builder shell(ShellAccess value) {
            shell = value;
            return this;
        }

        /** Whether it boots or goes on from a snapshot. */
        public Builder boot(BootMode value) {
            boot = value;
            return this;
        }

        /** What it boots from. */
        public Builder disk(DiskSpec value) {
            Given.check("a guest", "disk", value);
            disk = Optional.of(value);
            return this;
        }

        /**
         * Checks and makes the spec.
         *
         * @throws InvalidSpecException with every broken rule
         */
        public GuestSpec build() {
            int usual = disk.isPresent() ? DEFAULT_MEMORY_MIB_WITH_DISK : DEFAULT_MEMORY_MIB;
            return new GuestSpec(name, launcher, attachment, nics, memoryMib.orElse(usual), cpus, shell, boot, disk);
        }
    }
}
