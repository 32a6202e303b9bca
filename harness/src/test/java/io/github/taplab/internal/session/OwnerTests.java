package io.github.taplab.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerTests {

    private static final Owner SELF = Owner.thisProcess();

    @Test
    void labelsTellTheOwnerAgain() {
        assertThat(Owner.of(SELF.labels("com.example.FirstTests"))).isEqualTo(SELF);
    }

    @Test
    void labelsNameSessionLabAndProcess() {
        assertThat(new Owner("0badcafe", "host-a", 4711, 1_767_225_600_000L).labels("com.example.FirstTests"))
                .isEqualTo(Map.of(
                        "io.github.taplab.session", "0badcafe",
                        "io.github.taplab.lab", "com.example.FirstTests",
                        "io.github.taplab.host", "host-a",
                        "io.github.taplab.pid", "4711",
                        "io.github.taplab.started", "1767225600000"));
    }

    @Test
    void resourcesAreNamedAfterTheSession() {
        assertThat(new Owner("0badcafe", "host-a", 1, 0).resourceName("1-client"))
                .isEqualTo("taplab-0badcafe-1-client");
    }

    @Test
    void everySessionHasAnIdOfItsOwn() {
        assertThat(SELF.session())
                .matches("[0-9a-f]{8}")
                .isNotEqualTo(Owner.thisProcess().session());
    }

    @Test
    void thisProcessIsAliveOnThisHost() {
        assertThat(SELF.isAlive()).isTrue();
        assertThat(SELF.isOnThisHost()).isTrue();
    }

    @Test
    void processWithTheSameIdThatStartedAtAnotherTimeIsAnother() {
        assertThat(new Owner(SELF.session(), SELF.host(), SELF.pid(), SELF.started() - 1).isAlive())
                .isFalse();
    }

    @Test
    void processThatDoesNotExistIsDead() {
        assertThat(new Owner(SELF.session(), SELF.host(), Long.MAX_VALUE, SELF.started()).isAlive())
                .isFalse();
    }

    @Test
    void anotherHostIsNotThisOne() {
        assertThat(new Owner(SELF.session(), SELF.host() + "-2", SELF.pid(), SELF.started()).isOnThisHost())
                .isFalse();
    }

    @Test
    void ownerWithoutLabelsIsNobody() {
        assertThat(Owner.of(Map.of())).isEqualTo(new Owner("", "", 0, 0));
        assertThat(Owner.of(Map.of()).isAlive()).isFalse();
    }
}
