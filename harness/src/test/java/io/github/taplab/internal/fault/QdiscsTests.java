package io.github.taplab.internal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.command.CommandResult;
import io.github.taplab.spec.Impairment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON is what tc of iproute2 6.15 printed. */
class QdiscsTests {

    private static final Qdiscs.Place ROOT =
            new Qdiscs.Place(List.of("root"), "1:", List.of("tc", "qdisc", "delete", "dev", "eth0", "root"));
    private static final Qdiscs.Place BEHIND = new Qdiscs.Place(List.of("parent", "1:1"), "2:", List.of());

    @ParameterizedTest
    @ValueSource(strings = {"[]", """
                [{"kind":"noqueue","handle":"0:","root":true,"refcnt":2,"options":{}}]
                """, """
                [{"kind":"mq","handle":"0:","root":true,"options":{}},
                 {"kind":"pfifo_fast","handle":"0:","parent":":1","options":{}}]
                """})
    void theFirstReplacesTheKernelsDefault(String json) {
        assertThat(Qdiscs.next("eth0", json)).isEqualTo(ROOT);
    }

    @Test
    void theFirstReplacesWhatLibvirtGaveAMacvtap() {
        Qdiscs.Place place = Qdiscs.next("macvtap0", """
                [{"kind":"noqueue","handle":"827a:","root":true,"refcnt":2,"options":{}}]
                """);

        assertThat(place.parent()).containsExactly("root");
        assertThat(place.handle()).isEqualTo("827b:");
        assertThat(line(place.undo())).isEqualTo("tc qdisc replace dev macvtap0 root handle 827a: noqueue");
    }

    @Test
    void theNextGoesBehindTheLast() {
        Qdiscs.Place place = Qdiscs.next("eth0", """
                [{"kind":"tbf","handle":"1:","root":true,"refcnt":3,"options":{"rate":1000000}},
                 {"kind":"tbf","handle":"1a:","parent":"1:1","options":{"rate":125000}},
                 {"kind":"pfifo","handle":"827e:","parent":"1a:1","options":{"limit":1000}}]
                """);

        assertThat(place.parent()).containsExactly("parent", "1a:1");
        assertThat(place.handle()).isEqualTo("827f:");
        assertThat(line(place.undo())).isEqualTo("tc qdisc replace dev eth0 parent 1a:1 pfifo limit 1000");
    }

    @Test
    void behindNetemThereWasNothing() {
        Qdiscs.Place place = Qdiscs.next("eth0", """
                [{"kind":"netem","handle":"1:","root":true,"options":{"limit":1000}}]
                """);

        assertThat(line(place.undo())).isEqualTo("tc qdisc delete dev eth0 parent 1:1");
    }

    @Test
    void aQdiscWithOptionsIsNotReplaced() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Qdiscs.next("eth0", """
                        [{"kind":"htb","handle":"1:","root":true,"options":{"default":"0x10"}}]
                        """))
                .withMessage("eth0 has a qdisc of its own, htb 1:, which an impairment would have to replace:"
                        + " delete it first");
    }

    @Test
    void quotesWhatIsNoJson() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Qdiscs.next("eth7", "Cannot find device \"eth7\""))
                .withMessage("tc -j printed no JSON: Cannot find device \"eth7\"");
    }

    @Test
    void netemDoesAllAtOnce() {
        Impairment all = new Impairment(12.5, Duration.ofMillis(40), 0.0001, 1_000_000);

        assertThat(line(Qdiscs.netem("macvtap0", ROOT, all)))
                .isEqualTo("tc qdisc replace dev macvtap0 root handle 1: netem"
                        + " delay 40000us loss 12.5% duplicate 0.0001% rate 1000000bit");
    }

    @Test
    void netemIsToldOnlyWhatIsAskedFor() {
        assertThat(line(Qdiscs.netem("eth0", BEHIND, Impairment.loss(100))))
                .isEqualTo("tc qdisc replace dev eth0 parent 1:1 handle 2: netem loss 100%");
        assertThat(line(Qdiscs.netem("eth0", BEHIND, Impairment.delay(Duration.ofNanos(1_500)))))
                .isEqualTo("tc qdisc replace dev eth0 parent 1:1 handle 2: netem delay 1us");
    }

    @ParameterizedTest
    @CsvSource({"1000, 12000", "9600000, 12000", "100000000, 125000", "1000000000000, 1250000000"})
    void tbfsBurstHoldsAFrameAndTenMilliseconds(long rate, long burst) {
        assertThat(line(Qdiscs.tbf("eth0", ROOT, rate)))
                .isEqualTo("tc qdisc replace dev eth0 root handle 1: tbf rate %dbit burst %d latency 1s", rate, burst);
    }

    @ParameterizedTest
    @CsvSource({
        "Error: Specified qdisc kind is unknown., true",
        "Error: Specified qdisc not found., true",
        "RTNETLINK answers: Operation not permitted, false",
        "'Error: Exclusivity flag on, cannot modify.', false"
    })
    void anUnknownQdiscIsNoOtherRefusal(String stderr, boolean unknown) {
        CommandResult refused = new CommandResult("client", List.of("tc"), 2, "", stderr, Duration.ZERO);

        assertThat(Qdiscs.isUnknown(refused)).isEqualTo(unknown);
    }

    private static String line(List<String> argv) {
        return String.join(" ", argv);
    }
}
