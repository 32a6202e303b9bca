package io.github.taplab;

import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import io.github.taplab.spec.NicBackend;
import io.github.taplab.spec.NicModel;
import io.github.taplab.spec.NicSpec;
import io.github.taplab.spec.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads one {@link MacvtapVm}, and collects all that is wrong with it. */
final class DeclaredGuest {

    private final Problems problems;

    private DeclaredGuest(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads a guest.
     *
     * @param launchers those of the lab
     * @param problems gets what is wrong
     * @return empty if something is wrong
     */
    static Optional<GuestSpec> read(MacvtapVm vm, String[] launchers, List<String> problems) {
        return new DeclaredGuest(new Problems("@MacvtapVm(name = %s): ".formatted(Quoted.of(vm.name())), problems))
                .guest(vm, launchers);
    }

    private Optional<GuestSpec> guest(MacvtapVm vm, String[] launchers) {
        int known = problems.count();
        List<NicSpec> nics = new ArrayList<>();
        nics.add(nic(Nic.of(vm)).orElse(NicSpec.DEFAULT));
        for (MacvtapNic nic : vm.moreNics()) {
            nics.add(nic(Nic.of(nic)).orElse(NicSpec.DEFAULT));
        }
        String launcher = launcher(vm, launchers);
        // Checked with sound NICs in any case, so that the guest's own faults are reported too.
        Optional<DiskSpec> disk = new DeclaredDisk(problems).read(vm);
        GuestSpec.Builder builder = GuestSpec.builder(vm.name())
                .launcher(launcher)
                .attachment(vm.attachment())
                .nics(nics)
                .memoryMib(memoryMib(vm))
                .cpus(vm.cpus())
                .shell(vm.shell())
                .boot(vm.boot());
        disk.ifPresent(builder::disk);
        Optional<GuestSpec> guest = problems.checked(builder::build);
        return problems.count() == known ? guest : Optional.empty();
    }

    private static int memoryMib(MacvtapVm vm) {
        int usual = vm.image().isEmpty() ? GuestSpec.DEFAULT_MEMORY_MIB : GuestSpec.DEFAULT_MEMORY_MIB_WITH_DISK;
        return vm.memoryMib() == 0 ? usual : vm.memoryMib();
    }

    private String launcher(MacvtapVm vm, String[] launchers) {
        if (vm.launcher().isEmpty() && launchers.length > 1) {
            problems.add("the lab has the launchers %s, say in which it runs: launcher = \"%s\""
                    .formatted(List.of(launchers), launchers[0]));
        }
        return vm.launcher().isEmpty() && launchers.length > 0 ? launchers[0] : vm.launcher();
    }

    private Optional<NicSpec> nic(Nic nic) {
        Optional<MacAddress> mac = literal("mac", nic.mac(), MacAddress::of);
        var ip = literal("ip", nic.ip(), InterfaceIp::ip);
        NicSpec.Builder builder = NicSpec.builder()
                .mode(nic.mode())
                .address(nic.address())
                .trustGuestRxFilters(nic.trustGuestRxFilters())
                .model(nic.model())
                .backend(nic.backend())
                .queues(nic.queues())
                .linkUp(nic.linkUp());
        ip.ifPresent(builder::ip);
        mac.ifPresent(builder::mac);
        if (nic.mtu() != 0) {
            builder.mtu(nic.mtu());
        }
        return problems.checked(builder::build);
    }

    private <T> Optional<T> literal(String attribute, String text, Function<String, T> reader) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(reader.apply(text));
        } catch (IllegalArgumentException e) {
            problems.add(attribute + " = " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The attributes that describe a NIC, on whichever of the two annotations they stand. */
    private record Nic(
            MacvtapMode mode,
            GuestAddress address,
            String ip,
            String mac,
            boolean trustGuestRxFilters,
            NicModel model,
            NicBackend backend,
            int mtu,
            int queues,
            boolean linkUp) {

        static Nic of(MacvtapVm vm) {
            return new Nic(
                    vm.mode(),
                    vm.address(),
                    vm.ip(),
                    vm.mac(),
                    vm.trustGuestRxFilters(),
                    vm.model(),
                    vm.backend(),
                    vm.mtu(),
                    vm.queues(),
                    vm.linkUp());
        }

        static Nic of(MacvtapNic nic) {
            return new Nic(
                    nic.mode(),
                    nic.address(),
                    nic.ip(),
                    nic.mac(),
                    nic.trustGuestRxFilters(),
                    nic.model(),
                    nic.backend(),
                    nic.mtu(),
                    nic.queues(),
                    nic.linkUp());
        }
    }
}
