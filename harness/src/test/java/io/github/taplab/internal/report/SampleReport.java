package io.github.taplab.internal.report;

import io.github.taplab.internal.report.ClassReport.PhaseReport;
import io.github.taplab.internal.report.Material.Picture;
import io.github.taplab.internal.report.Material.Section;
import io.github.taplab.internal.timeline.Event.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A run as it may be: the manual experiment, a spec that fails, and a guest that means harm. */
final class SampleReport {

    static final Instant BEGAN = Instant.parse("2026-11-28T20:15:00Z");

    /** What must be seen, and never be obeyed: markup, terminal escapes, a text that runs backwards, broken UTF-8. */
    static final String HOSTILE =
            "<script>window.pwned=1</script><img src=x onerror=window.pwned=1>\"'><svg onload=window.pwned=1>"
                    + "</pre></details></script><!--]]>&lt;\u001b[31mred\u001b[0m\u0007\u202Egnp.exe\u202C\u0000\uFEFF\uD800 "
                    + "ok\ufffd\ufffd(";

    private static final String EXPERIMENT = "A guest takes its container's IP address";

    private SampleReport() {}

    /** Writes the page where it can be looked at. */
    public static void main(String... folder) throws IOException {
        ReportFile.write(run(), Path.of(folder[0], "report.html"));
        ReportFile.write(manyClasses(200), Path.of(folder[0], "many.html"));
    }

    static RunReport run() {
        return new RunReport(
                "harness-samples",
                BEGAN,
                Duration.ofMillis(41_337),
                "JDK 17, Docker 20.10.24, TCG, 2 cores",
                12,
                List.of(experiment(), failing(), hostile(), noLab()),
                "");
    }

    static RunReport manyClasses(int count) {
        List<ClassReport> classes = IntStream.range(0, count)
                .mapToObj(i -> new ClassReport(
                        "[class:C%d]".formatted(i),
                        "Rule number " + i,
                        "com.example.Rule%dTests".formatted(i),
                        "",
                        i % 20 == 7 ? Verdict.FAILED : Verdict.PASSED,
                        BEGAN,
                        Duration.ofMillis(2400 + i),
                        "",
                        phases(),
                        null,
                        Material.NONE,
                        IntStream.range(0, 5)
                                .mapToObj(j ->
                                        i % 20 == 7 && j == 1 ? failedTest("breaks " + j) : passedTest("holds " + j, 6))
                                .toList()))
                .toList();
        return new RunReport("many", BEGAN, Duration.ofMinutes(9), "JDK 17, TCG, 2 cores", 0, classes, "");
    }

    /** A class in which all went well. */
    static ClassReport green(int tests, int stepsEach) {
        return aClass(
                "Green",
                Verdict.PASSED,
                null,
                Material.NONE,
                IntStream.range(0, tests)
                        .mapToObj(i -> passedTest("holds in case " + i, stepsEach))
                        .toList());
    }

    static ClassReport aClass(
            String name, Verdict verdict, @Nullable FailureReport failure, Material material, List<TestReport> tests) {
        return new ClassReport(
                "[engine:junit-jupiter]/[class:%s]".formatted(name),
                name,
                "io.github.taplab.samples.experiment.DuplicateIpTests",
                "",
                verdict,
                BEGAN,
                Duration.ofMillis(5210),
                "",
                phases(),
                failure,
                material,
                tests);
    }

    static TestReport passedTest(String name, int steps) {
        return test(
                name,
                Verdict.PASSED,
                null,
                new Material(
                        IntStream.range(0, steps)
                                .mapToObj(i -> step(
                                        i, "client", "whoHas(198.19.201.2)", "answered by 02:9e:00:00:00:05", false))
                                .toList(),
                        List.of(new Picture("The lab", lab(false))),
                        List.of(),
                        List.of()));
    }

    static TestReport failedTest(String name) {
        return test(name, Verdict.FAILED, failure(), evidence());
    }

    static TestReport test(String name, Verdict verdict, @Nullable FailureReport failure, Material material) {
        return new TestReport(
                "[method:%s]".formatted(name),
                name,
                verdict,
                BEGAN.plusMillis(1830),
                Duration.ofMillis(3180),
                "",
                failure,
                material);
    }

    static StepReport step(int number, String node, String call, String result, boolean failed) {
        return new StepReport(
                BEGAN.plusMillis(1830 + 240L * number),
                Duration.ofMillis(62 + 31L * number),
                node,
                call,
                result,
                failed,
                number % 3 == 1 ? sequence() : "");
    }

    private static List<PhaseReport> phases() {
        return List.of(
                new PhaseReport("network", Duration.ofMillis(71)),
                new PhaseReport("launcher", Duration.ofMillis(350)),
                new PhaseReport("client", Duration.ofMillis(120)),
                new PhaseReport("guest from a snapshot", Duration.ofMillis(640)),
                new PhaseReport("addresses", Duration.ofMillis(95)));
    }

    private static ClassReport experiment() {
        return aClass(
                EXPERIMENT,
                Verdict.PASSED,
                null,
                Material.NONE,
                List.of(
                        passedTest("Both answer for it, and SSH is refused by the container", 7),
                        passedTest("With the container's address deleted, SSH works", 4)));
    }

    private static ClassReport failing() {
        return aClass(
                "An address that moves to another guest takes its traffic along",
                Verdict.FAILED,
                null,
                Material.NONE,
                List.of(
                        passedTest("An announcement moves the traffic", 5),
                        failedTest("Without an announcement the client asks in vain first"),
                        new TestReport(
                                "[method:skipped]",
                                "On a host with netem",
                                Verdict.ABORTED,
                                BEGAN,
                                Duration.ZERO,
                                "the Docker host's kernel has no netem",
                                null,
                                Material.NONE)));
    }

    private static FailureReport failure() {
        return FailureReport.of(new AssertionError("""
                SSH from client to guest at 198.19.201.2
                  expected: refused
                  found:    connected after 217 ms: dropbear_2025.89
                  look at:  neighbour entry of 198.19.201.2 on client right afterwards: [198.19.201.2 dev eth0 lladdr 02:9e:00:00:00:05 REACHABLE]
                  cause:    two nodes have the address 198.19.201.2: launcher (02:1a:13:c9:00:02) and guest (02:9e:00:00:00:05)
                  cause:    the client's neighbour entry has the MAC address of guest, and was not flushed"""));
    }

    private static Material evidence() {
        List<StepReport> steps = new ArrayList<>(List.of(
                step(0, "guest", "copyAddressFrom(launcher)", "", false),
                step(
                        1,
                        "client",
                        "whoHas(198.19.201.2)",
                        "02:1a:13:c9:00:02 after 0.6 ms\n02:9e:00:00:00:05 after 5.1 ms",
                        false),
                step(2, "client", "flushNeighbours()", "", false),
                step(
                        3,
                        "client",
                        "sh(ip -d neigh show dev eth0)",
                        "198.19.201.1 lladdr 02:6a:13:c9:00:01 REACHABLE\n198.19.201.2 lladdr 02:9e:00:00:00:05 REACHABLE",
                        false),
                step(
                        4,
                        "client",
                        "ssh(guest)",
                        "SSH from client to guest at 198.19.201.2\n  expected: refused\n  found:    connected after 217 ms: dropbear_2025.89",
                        true)));
        return new Material(
                steps,
                List.of(new Picture("The lab as it was at the failure", lab(true))),
                List.of(
                        new Section(
                                "launcher: ip -d addr",
                                "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n2: eth0@if9: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500\n    link/ether 02:1a:13:c9:00:02 brd ff:ff:ff:ff:ff:ff\n    inet 198.19.201.2/24 scope global eth0\n"
                                        .repeat(3)),
                        new Section(
                                "guest: console",
                                "[    0.000000] Linux version 6.12.48-amd64\n[    0.412000] virtio_net virtio0 eth0: renamed\n"
                                        .repeat(12)),
                        new Section("client: ip neigh", "198.19.201.2 dev eth0 lladdr 02:9e:00:00:00:05 REACHABLE")),
                List.of(Attachment.of(
                        "lab.pcapng", "application/x-pcapng", "not really packets".getBytes(StandardCharsets.UTF_8))));
    }

    private static ClassReport hostile() {
        Material material = new Material(
                List.of(step(0, HOSTILE, HOSTILE, HOSTILE + "\n" + HOSTILE, true)),
                List.of(new Picture(
                        HOSTILE, "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>window.pwned=1</script></svg>")),
                List.of(new Section("guest: console " + HOSTILE, HOSTILE.repeat(3))),
                List.of(Attachment.of(HOSTILE, "text/html;" + HOSTILE, HOSTILE.getBytes(StandardCharsets.UTF_8))));
        return aClass(
                "A guest that means harm " + HOSTILE,
                Verdict.FAILED,
                FailureReport.of(new IllegalStateException(HOSTILE + "\ncause: " + HOSTILE)),
                material,
                List.of(test(HOSTILE, Verdict.FAILED, FailureReport.of(new AssertionError(HOSTILE)), material)));
    }

    private static ClassReport noLab() {
        return aClass(
                "A guest that never boots",
                Verdict.FAILED,
                FailureReport.of(
                        new IllegalStateException(
                                "guest is not ready after 180 s: its console has been silent since\n  [    0.412000] VFS: Unable to mount root fs\ncause: the guest's kernel has panicked")),
                new Material(
                        List.of(),
                        List.of(),
                        List.of(new Section(
                                "guest: console",
                                "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)")),
                        List.of()),
                List.of());
    }

    private static String lab(boolean conflict) {
        String ink = conflict ? "#b42318" : "currentColor";
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 190" width="680" height="190" role="img" font-family="sans-serif" font-size="12" fill="currentColor">\
                <title>A launcher with a guest on a macvtap, a client and a gateway on one network</title>\
                <line x1="20" y1="150" x2="660" y2="150" stroke="currentColor" stroke-width="2"/>\
                <text x="22" y="170" fill="currentColor">network 198.19.201.0/24</text>\
                <g><rect x="40" y="20" width="260" height="100" rx="6" fill="none" stroke="currentColor"/><text x="50" y="38">launcher</text>\
                <text x="50" y="112" fill="%s">eth0 198.19.201.2 · 02:1a:13:c9:00:02</text></g>\
                <g><rect x="150" y="32" width="140" height="56" rx="5" fill="none" stroke="currentColor"/><text x="160" y="50">guest</text>\
                <text x="160" y="66" fill="%s">198.19.201.2</text><text x="160" y="81" fill="currentColor">macvtap0, bridge</text></g>\
                <line x1="170" y1="120" x2="170" y2="150" stroke="currentColor"/>\
                <g><rect x="380" y="60" width="150" height="60" rx="6" fill="none" stroke="currentColor"/><text x="390" y="80">client</text><text x="390" y="98" fill="currentColor">198.19.201.3</text></g>\
                <line x1="455" y1="120" x2="455" y2="150" stroke="currentColor"/></svg>""".formatted(ink, ink);
    }

    private static String sequence() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 120" width="680" height="120" role="img" font-family="sans-serif" font-size="12" fill="currentColor">\
                <title>The client asks who has 198.19.201.2; the launcher answers, then the guest</title>\
                <text x="60" y="14" text-anchor="middle">client</text><text x="300" y="14" text-anchor="middle">launcher eth0</text><text x="540" y="14" text-anchor="middle">macvtap0</text>\
                <line x1="60" y1="20" x2="60" y2="118" stroke="currentColor"/><line x1="300" y1="20" x2="300" y2="118" stroke="currentColor"/><line x1="540" y1="20" x2="540" y2="118" stroke="currentColor"/>\
                <line x1="60" y1="40" x2="536" y2="40" stroke="currentColor"/><polygon points="540,40 532,36 532,44" fill="currentColor"/><text x="70" y="36">who has 198.19.201.2?</text>\
                <line x1="300" y1="68" x2="64" y2="68" stroke="currentColor"/><polygon points="60,68 68,64 68,72" fill="currentColor"/><text x="70" y="64">02:1a:13:c9:00:02</text>\
                <line x1="540" y1="98" x2="64" y2="98" stroke="currentColor"/><polygon points="60,98 68,94 68,102" fill="currentColor"/><text x="70" y="94">02:9e:00:00:00:05</text></svg>""";
    }
}
