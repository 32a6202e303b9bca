package io.github.taplab.chaos;

import static io.github.taplab.chaos.Moment.AFTER_TESTS;
import static io.github.taplab.chaos.Moment.GUEST_BOOTS;
import static io.github.taplab.chaos.Moment.IN_COMMAND;
import static io.github.taplab.chaos.Moment.IN_PHASE;
import static io.github.taplab.chaos.Moment.IN_TEST;
import static io.github.taplab.chaos.Moment.JVM_STARTS;
import static io.github.taplab.chaos.Moment.LAB_STARTS;
import static io.github.taplab.chaos.Moment.TEARDOWN;

import io.github.taplab.spec.Attachment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A kind of fault: how it is inflicted, at which moments, and what is expected of the lab. The words that a message has
 * to have say who and what; they leave room for how.
 */
@SuppressWarnings("ImmutableEnumChecker") // Its lists are copies, its faults and expectations have no state.
enum Kind {
    JVM_KILLED(
            Needs.NOTHING,
            moments(JVM_STARTS, LAB_STARTS, GUEST_BOOTS, IN_TEST, IN_COMMAND, AFTER_TESTS, TEARDOWN),
            scene -> scene.jvm().kill(),
            Expected.untold(Duration.ofSeconds(5))),
    JVM_TERMINATED(
            Needs.NOTHING,
            moments(JVM_STARTS, LAB_STARTS, GUEST_BOOTS, IN_TEST, IN_COMMAND, AFTER_TESTS, TEARDOWN),
            scene -> scene.jvm().terminate(),
            Expected.untold(Duration.ofSeconds(30))),

    ENGINE_RESTARTED(
            Needs.OWN_ENGINE,
            moments(JVM_STARTS, LAB_STARTS, GUEST_BOOTS, IN_TEST, IN_COMMAND, AFTER_TESTS, TEARDOWN),
            scene -> scene.ownEngine().restart(false),
            Expected.red(Words.LAB_OR_ENGINE, Words.GONE)),
    ENGINE_KILLED(
            Needs.OWN_ENGINE,
            moments(JVM_STARTS, LAB_STARTS, GUEST_BOOTS, IN_TEST, IN_COMMAND, AFTER_TESTS, TEARDOWN),
            scene -> scene.ownEngine().restart(true),
            Expected.red(Words.LAB_OR_ENGINE, Words.GONE)),
    DISK_FULL(
            Needs.OWN_ENGINE,
            moments(LAB_STARTS, GUEST_BOOTS, IN_TEST, IN_COMMAND, AFTER_TESTS),
            scene -> scene.fillDisk(),
            Expected.red("(?i)launcher|guest|libvirt|QEMU|container taplab-", "(?i)no space left|disk.{0,20}full")),

    LAUNCHER_KILLED(
            Needs.NOTHING,
            Moments.OF_A_NODE,
            scene -> scene.killContainer("launcher"),
            Expected.red("(?i)launcher|libvirtd|guest", Words.GONE)),
    CLIENT_KILLED(
            Needs.NOTHING,
            moments(LAB_STARTS, IN_TEST, IN_COMMAND, AFTER_TESTS, TEARDOWN),
            scene -> scene.killContainer("client"),
            Expected.red("(?i)client", Words.GONE)),
    LAUNCHER_PAUSED(
            Needs.NOTHING,
            Moments.OF_A_NODE,
            scene -> scene.pauseContainer("launcher"),
            // A container has a minute until it takes commands.
            Expected.red("(?i)launcher|libvirtd|guest", Words.SILENT).within(Duration.ofSeconds(90))),
    CLIENT_PAUSED(
            Needs.NOTHING,
            moments(LAB_STARTS, IN_TEST, IN_COMMAND, AFTER_TESTS, TEARDOWN),
            scene -> scene.pauseContainer("client"),
            Expected.red("(?i)client", Words.SILENT).within(Duration.ofSeconds(90))),

    LIBVIRTD_KILLED(
            Needs.NOTHING,
            Moments.OF_A_NODE,
            scene -> scene.signal("launcher", "libvirtd", "KILL"),
            Expected.red("(?i)libvirtd", Words.GONE)) {
        @Override
        List<Attachment> attachments() {
            return WITH_LIBVIRT;
        }
    },
    LIBVIRTD_STOPPED(
            Needs.NOTHING,
            Moments.OF_A_NODE,
            scene -> scene.signal("launcher", "libvirtd", "STOP"),
            Expected.red("(?i)libvirtd", Words.SILENT)) {
        @Override
        List<Attachment> attachments() {
            return WITH_LIBVIRT;
        }
    },
    QEMU_KILLED(
            Needs.NOTHING,
            Moments.OF_QEMU,
            scene -> scene.signal("launcher", "qemu-system-x86", "KILL"),
            Expected.red("(?i)guest", "(?i)signal 9|killed")),
    QEMU_STOPPED(
            Needs.NOTHING,
            Moments.OF_QEMU,
            scene -> scene.signal("launcher", "qemu-system-x86", "STOP"),
            Expected.red("(?i)guest", Words.SILENT)),
    // Commands have a port of their own.
    AGENT_KILLED(Inside.AGENT_KILLED, Expected.green()),
    AGENT_STOPPED(Inside.AGENT_STOPPED, Expected.green()),
    COMMANDS_KILLED(Inside.COMMANDS_KILLED, Expected.red("(?i)guest", Words.SILENT)),
    COMMANDS_STOPPED(Inside.COMMANDS_STOPPED, Expected.red("(?i)guest", Words.SILENT)),

    LEASE_CUT(
            Needs.PROXY,
            Moments.OF_A_NODE,
            scene -> scene.cutLease("launcher"),
            Expected.red("(?i)launcher|libvirtd|guest", Words.GONE)),
    STREAMS_KILLED(
            Needs.NOTHING,
            moments(GUEST_BOOTS, IN_TEST, IN_COMMAND, AFTER_TESTS, TEARDOWN),
            scene -> scene.signal("launcher", "socat", "KILL"),
            // Whoever connects again may go on.
            Expected.greenOrRed("(?i)launcher|libvirtd|guest", Words.GONE)),

    GUEST_PANICS(Inside.PANICS, Expected.red("(?i)guest", "(?i)panic|agent|no answer")),
    GUEST_PANICS_AT_BOOT(
            Needs.NOTHING, moments(LAB_STARTS), scene -> scene.panicAtBoot(), Expected.red("guest", "(?i)panic")),
    GUEST_HANGS(Inside.HANGS, Expected.red("(?i)guest", Words.SILENT)),
    GUEST_LOOPS_IN_REBOOTS(
            Needs.NOTHING,
            moments(GUEST_BOOTS, IN_TEST, IN_COMMAND, AFTER_TESTS),
            scene -> scene.resetAgainAndAgain(),
            // A boot that goes on and on has three minutes.
            Expected.red("(?i)guest", "(?i)reboot|reset|agent|no answer|not within|started again")
                    .within(Duration.ofSeconds(200))),
    CONSOLE_FLOOD(Inside.FLOODS_CONSOLE, Expected.green()),

    THROWS_IN_BEFORE_ALL(Phase.BEFORE_ALL, false),
    THROWS_IN_BEFORE_EACH(Phase.BEFORE_EACH, false),
    THROWS_IN_TEST(Phase.TEST, false),
    THROWS_IN_AFTER_EACH(Phase.AFTER_EACH, false),
    THROWS_IN_AFTER_ALL(Phase.AFTER_ALL, false),
    HANGS_IN_BEFORE_ALL(Phase.BEFORE_ALL, true),
    HANGS_IN_BEFORE_EACH(Phase.BEFORE_EACH, true),
    HANGS_IN_TEST(Phase.TEST, true),
    HANGS_IN_AFTER_EACH(Phase.AFTER_EACH, true),
    HANGS_IN_AFTER_ALL(Phase.AFTER_ALL, true);

    private static final List<Attachment> WITH_LIBVIRT = List.of(Attachment.DIRECT, Attachment.PRE_CREATED);

    private final Needs needs;
    private final List<Moment> moments;
    private final Fault fault;
    private final Expected expected;
    private final List<String> options;

    Kind(Needs needs, List<Moment> moments, Fault fault, Expected expected) {
        this(needs, moments, fault, expected, List.of());
    }

    Kind(Needs needs, List<Moment> moments, Fault fault, Expected expected, List<String> options) {
        this.needs = needs;
        this.moments = List.copyOf(moments);
        this.fault = fault;
        this.expected = expected;
        this.options = List.copyOf(options);
    }

    Kind(Inside inside, Expected expected) {
        this(
                Needs.NOTHING,
                moments(IN_TEST, IN_COMMAND, AFTER_TESTS),
                scene -> scene.jvm().tell(inside.order()),
                expected,
                List.of("-Dchaos.inside=true"));
    }

    Kind(Phase phase, boolean hangs) {
        this(
                Needs.NOTHING,
                moments(IN_PHASE),
                scene -> true,
                hangs
                        // The time-out, one second to notice, one for the evidence; and a machine that does more.
                        ? Expected.red("timed out after 5 seconds", "").within(Duration.ofSeconds(12))
                        : Expected.red("on purpose", ""),
                phaseOptions(phase, hangs));
    }

    private static List<String> phaseOptions(Phase phase, boolean hangs) {
        List<String> options = new ArrayList<>(List.of("-Dchaos.phase=" + phase, "-Dchaos.hangs=" + hangs));
        if (hangs) {
            options.add("-Djunit.jupiter.execution.timeout.default=5s");
        }
        return options;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kinds with these titles. */
    static List<Kind> named(List<String> titles) {
        return titles.stream()
                .map(title -> Arrays.stream(values())
                        .filter(kind -> kind.title().equals(title))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("No kind of fault \"%s\", there are %s"
                                .formatted(
                                        title,
                                        Arrays.stream(values()).map(Kind::title).toList()))))
                .toList();
    }

    Needs needs() {
        return needs;
    }

    List<Moment> moments() {
        return moments;
    }

    List<Attachment> attachments() {
        return List.of(Attachment.values());
    }

    List<Way> ways() {
        List<Way> ways = new ArrayList<>(List.of(Way.values()));
        if (moments.contains(IN_COMMAND)) {
            ways.remove(Way.OWN_CODE);
        }
        return ways;
    }

    Fault fault() {
        return fault;
    }

    Expected expected(Moment moment) {
        if (expected.colour() == Expected.Colour.UNTOLD) {
            return expected;
        }
        if (moment.isAfterTests()) {
            return Expected.green();
        }
        if (moment == JVM_STARTS) {
            // An engine that was back in time is as good as any.
            return Expected.greenOrRed(expected.words().get(0), expected.words().get(1));
        }
        return expected;
    }

    /** Whether it means anything to a guest that does not boot. */
    boolean mayBeWarm() {
        return this != GUEST_PANICS_AT_BOOT;
    }

    /** Of the JVM. */
    List<String> options() {
        return options;
    }

    /** Whether the JVM can clean up itself. */
    boolean leavesNoTimeToClean() {
        return this == JVM_KILLED;
    }

    private static List<Moment> moments(Moment... moments) {
        return List.of(moments);
    }

    private static final class Moments {

        static final List<Moment> OF_A_NODE =
                List.of(LAB_STARTS, GUEST_BOOTS, IN_TEST, IN_COMMAND, AFTER_TESTS, TEARDOWN);
        static final List<Moment> OF_QEMU = List.of(GUEST_BOOTS, IN_TEST, IN_COMMAND, AFTER_TESTS, TEARDOWN);
    }

    private static final class Words {

        static final String LAB_OR_ENGINE =
                "(?i)engine|docker|container taplab-|launcher|libvirtd|guest|client|network";
        static final String GONE =
                "(?i)ended|\\bgone\\b|closed|lost|refused|killed|signal 9|exited|broke|end of file|can't be reached|no such file";
        static final String SILENT =
                "(?i)no answer|did not answer|does not answer|didn't respond|paused|stopped|still ran after|not within|nothing has gone on";
    }
}
