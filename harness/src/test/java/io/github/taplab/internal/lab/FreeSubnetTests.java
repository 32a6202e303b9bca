package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.internal.docker.SubnetTakenException;
import io.github.taplab.spec.Subnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreeSubnetTests {

    private static final Subnet RANGE = Subnet.of("203.0.113.0/24");

    @Test
    void takesTheOnlyPartThatIsFree() {
        Subnet free = Subnet.of("203.0.113.88/29");

        Subnet taken = FreeSubnet.of(RANGE, 29, candidate -> onlyIf(candidate.equals(free), candidate));

        assertThat(taken).isEqualTo(free);
    }

    @Test
    void triesEachPartOnceAndThenSaysThatAllAreTaken() {
        List<Subnet> tried = new ArrayList<>();

        assertThatIllegalStateException()
                .isThrownBy(() -> FreeSubnet.of(RANGE, 29, candidate -> {
                    tried.add(candidate);
                    return onlyIf(false, candidate);
                }))
                .withMessage("All 32 networks of length /29 in 203.0.113.0/24 are taken on the Docker host");
        assertThat(tried).hasSize(32).doesNotHaveDuplicates().allMatch(RANGE::contains);
    }

    @Test
    void triesNoFurtherWhereOneIsFree() {
        List<Subnet> tried = new ArrayList<>();
        FreeSubnet.of(RANGE, 29, tried::add);

        assertThat(tried).hasSize(1);
    }

    @Test
    void anotherFaultEndsTheSearch() {
        List<Subnet> tried = new ArrayList<>();

        assertThatThrownBy(() -> FreeSubnet.of(RANGE, 29, candidate -> {
                    tried.add(candidate);
                    throw new IllegalArgumentException("the engine is full");
                }))
                .hasMessage("the engine is full");
        assertThat(tried).hasSize(1);
    }

    /** 40 searches that all began at the same part would be one in 32 to the power of 39. */
    @Test
    void searchesBeginAtDifferentParts() {
        Set<Subnet> first = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            first.add(FreeSubnet.of(RANGE, 29, candidate -> candidate));
        }

        assertThat(first).hasSizeGreaterThan(1);
    }

    private static Subnet onlyIf(boolean free, Subnet candidate) throws SubnetTakenException {
        if (!free) {
            throw new SubnetTakenException(candidate, new IllegalStateException("Pool overlaps"));
        }
        return candidate;
    }
}
