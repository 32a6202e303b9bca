package io.github.taplab;

import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names that a test may ask for. They are known even where the rest of a declaration is wrong, so that a wrong name
 * is reported together with it.
 *
 * @param guests in the order of their declaration
 * @param clients in the order of their declaration
 * @param launchers in the order of their declaration
 * @param internet whether there is one
 */
record DeclaredNodes(List<String> guests, List<String> clients, List<String> launchers, boolean internet) {

    static DeclaredNodes of(LabSpec spec) {
        return new DeclaredNodes(
                spec.guests().stream().map(GuestSpec::name).toList(),
                spec.clients(),
                spec.launchers(),
                !spec.internet().isEmpty());
    }

    static DeclaredNodes of(List<MacvtapVm> vms, Optional<LabContainer> lab) {
        return new DeclaredNodes(
                vms.stream().map(MacvtapVm::name).toList(),
                lab.map(LabContainer::clients).stream().flatMap(Stream::of).toList(),
                lab.map(LabContainer::launchers).stream().flatMap(Stream::of).toList(),
                lab.filter(declared -> declared.internet().length > 0).isPresent());
    }
}
