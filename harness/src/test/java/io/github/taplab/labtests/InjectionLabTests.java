package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.GuestShell;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@LabContainer
@MacvtapVm
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class InjectionLabTests {

    @FromLab
    static Lab staticLab;

    @FromLab("client")
    static Client staticClient;

    private static Lab labOfBeforeAll;
    private static Launcher launcherOfBeforeAll;

    @FromLab
    Lab lab;

    @FromLab("guest")
    Guest guest;

    @FromLab
    MacAddress mac;

    @FromLab
    InetAddress ip;

    private final Guest guestOfConstructor;
    private Client clientOfBeforeEach;

    InjectionLabTests(Guest guest) {
        guestOfConstructor = guest;
    }

    @BeforeAll
    static void keep(Lab lab, Launcher launcher) {
        labOfBeforeAll = lab;
        launcherOfBeforeAll = launcher;
    }

    @BeforeEach
    void keep(Client client) {
        clientOfBeforeEach = client;
    }

    @AfterEach
    void stillThere(Launcher launcher) {
        assertThat(launcher.run("true")).succeeded();
    }

    @Test
    void everyTypeIsInjected(
            Lab lab,
            Launcher launcher,
            Guest guest,
            GuestShell shell,
            Client client,
            Gateway gateway,
            @FromLab MacAddress mac,
            @FromLab InetAddress ip) {
        assertThat(shell.run("cat", "/sys/class/net/eth0/address")).printed(mac.toString());
        assertThat(guest).hasMac(mac).hasAddress(ip);
        assertThat(launcher.run("hostname")).printed("launcher");
        assertThat(client.run("hostname")).printed("client");
        assertThat(gateway).hasAddress(lab.subnet().host(1));
    }

    @Test
    void theSameHandlesEverywhere(Lab lab, Launcher launcher, Guest guest, Client client) {
        assertThat(lab).isSameAs(staticLab).isSameAs(labOfBeforeAll).isSameAs(this.lab);
        assertThat((Object) launcher).isSameAs(launcherOfBeforeAll).isSameAs(lab.launcher());
        assertThat((Object) client)
                .isSameAs(staticClient)
                .isSameAs(clientOfBeforeEach)
                .isSameAs(lab.client());
        assertThat((Object) guest)
                .isSameAs(this.guest)
                .isSameAs(guestOfConstructor)
                .isSameAs(lab.guest());
    }

    @Test
    void fieldsHoldTheGuestsAddresses() {
        assertThat(guest).hasMac(mac).hasAddress(ip);
    }

    @Test
    void aNamedNodeIsInjectedByItsName(@FromLab("guest") Guest named, @FromLab("client") Client client) {
        assertThat(named.name()).isEqualTo("guest");
        assertThat(client.name()).isEqualTo("client");
    }

    @ParameterizedTest
    @ValueSource(strings = "02:00:00:00:00:01")
    void plainValuesOfATemplateAreTheTemplates(MacAddress argument, Guest guest) {
        assertThat(argument).isEqualTo(MacAddress.of("02:00:00:00:00:01")).isNotEqualTo(guest.mac());
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class OneInstanceForAllTests {

        @FromLab
        Guest own;

        private Guest ownInBeforeAll;

        @BeforeAll
        void keep() {
            ownInBeforeAll = own;
        }

        @Test
        void itsFieldsAreSetBeforeItsBeforeAll() {
            assertThat((Object) ownInBeforeAll).isNotNull().isSameAs(guest);
        }
    }

    /** Not with the lab of the class around it, which is there already. */
    @Test
    void anInstanceThatIsMadeBeforeItsLabIsRefused(@TempDir Path output) {
        Fixtures.run(Around.class, output)
                .containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(message("parameter \"launcher\" of Early's constructor: with"
                                + " Lifecycle.PER_CLASS the instance is made before its lab, take a field with"
                                + " @FromLab")));
    }

    @Disabled("run by the test above")
    @LabContainer
    static class Around {

        @Nested
        @LabContainer
        @TestInstance(Lifecycle.PER_CLASS)
        class Early {

            Early(Launcher launcher) {}

            @Test
            void test() {}
        }
    }

    @Nested
    class SharesTheLab {

        @FromLab
        Guest nestedGuest;

        private final Lab labOfConstructor;

        SharesTheLab(Lab lab) {
            labOfConstructor = lab;
        }

        @Test
        void itIsTheOuterLab(Lab lab) {
            assertThat(lab).isSameAs(staticLab).isSameAs(labOfConstructor);
        }

        @Test
        void fieldsOfBothClassesAreSet() {
            assertThat((Object) nestedGuest).isSameAs(guest).isSameAs(staticLab.guest());
        }
    }

    @Nested
    @LabContainer(clients = "other")
    class HasALabOfItsOwn {

        @FromLab
        Lab own;

        @FromLab
        Client other;

        @Test
        void itIsAnotherLab(Lab lab, Launcher launcher) {
            assertThat(lab).isSameAs(own).isNotSameAs(staticLab);
            assertThat(lab.subnet()).isNotEqualTo(staticLab.subnet());
            assertThat(lab.guests()).isEmpty();
            assertThat(other.name()).isEqualTo("other");
            assertThat(launcher.mac()).isNotEqualTo(launcherOfBeforeAll.mac());
        }

        @Test
        void theOuterFieldsKeepTheOuterLab() {
            assertThat(lab).isSameAs(staticLab);
            assertThat((Object) guest).isSameAs(staticLab.guest()).isSameAs(guestOfConstructor);
        }
    }
}
