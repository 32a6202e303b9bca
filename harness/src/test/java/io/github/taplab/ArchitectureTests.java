package io.github.taplab;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.taplab.internal.cli.Main;
import io.github.taplab.internal.evidence.Evidence;
import io.github.taplab.internal.junit.SettingsListener;
import io.github.taplab.internal.junit.StoryListener;
import io.github.taplab.internal.report.ReportListener;
import io.github.taplab.internal.session.Session;
import io.github.taplab.node.Shell;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/** The lines between the packages: one door to each outside world, and none of the outside in what users see. */
@AnalyzeClasses(packages = "io.github.taplab", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String PROJECT = "io.github.taplab..";
    private static final String INTERNAL = "io.github.taplab.internal..";
    private static final String SPEC = "io.github.taplab.spec";
    private static final String NODE = "io.github.taplab.node";
    private static final String COMMAND = "io.github.taplab.command";
    private static final String CAPTURE = "io.github.taplab.capture";
    private static final String ASSERTIONS = "io.github.taplab.assertions";
    private static final String FAULT = "io.github.taplab.internal.fault";
    private static final String GUEST_IMAGE = "io.github.taplab.internal.guestimage";
    private static final String CONSOLE = "io.github.taplab.internal.console";
    private static final String RING = "io.github.taplab.internal.ring";
    private static final String TUNNEL = "io.github.taplab.internal.ssh.tunnel";
    private static final String TEXT = "io.github.taplab.internal.text";
    private static final String WAIT = "io.github.taplab.internal.wait";
    static final String[] PUBLIC = {"io.github.taplab", SPEC, COMMAND, NODE, CAPTURE, ASSERTIONS};

    private static final List<Class<?>> LIVE =
            List.of(AutoCloseable.class, Runnable.class, Supplier.class, Future.class, Thread.class, Shell.class);

    @ArchTest
    static final ArchRule onlyOnePackageTalksToDocker =
            onlyDoor("io.github.taplab.internal.docker..", "org.testcontainers..", "com.github.dockerjava..");

    @ArchTest
    static final ArchRule onlyOnePackageTalksToLibvirt =
            onlyDoor("io.github.taplab.internal.libvirt..", "org.libvirt..", "com.sun.jna..");

    @ArchTest
    static final ArchRule onlyOnePackageSpeaksSsh =
            onlyDoor("io.github.taplab.internal.ssh..", "net.schmizz..", "com.hierynomus..");

    @ArchTest
    static final ArchRule onlyOnePackageFetchesFromTheWeb = onlyDoor(GUEST_IMAGE + "..", "java.net.http..");

    @ArchTest
    static final ArchRule onlyOnePackageWritesHtml = onlyDoor("io.github.taplab.internal.report..", "gg.jte..");

    @ArchTest
    static final ArchRule aReportNeedsNoLab = mayUseOfTheProject(
            "io.github.taplab.internal.report",
            "io.github.taplab.internal.report",
            "io.github.taplab.internal.config",
            "io.github.taplab.internal.text",
            "io.github.taplab.internal.timeline");

    @ArchTest
    static final ArchRule specNeedsNothingOfTheProject = mayUseOfTheProject(SPEC, SPEC);

    @ArchTest
    static final ArchRule captureNeedsSpecOnly = mayUseOfTheProject(CAPTURE, CAPTURE, SPEC);

    @ArchTest
    static final ArchRule whatBecomesOfACommandNeedsWordsOnly = mayUseOfTheProject(COMMAND, COMMAND, TEXT);

    @ArchTest
    static final ArchRule whoWaitsNeedsNoLab = mayUseOfTheProject(WAIT, WAIT, COMMAND);

    @ArchTest
    static final ArchRule nodeNeedsSpecCaptureAndCommandOnly = mayUseOfTheProject(NODE, NODE, SPEC, CAPTURE, COMMAND);

    @ArchTest
    static final ArchRule assertionsNeedTheirSubjectsOnly =
            mayUseOfTheProject(ASSERTIONS, ASSERTIONS, SPEC, COMMAND, NODE, CAPTURE, WAIT, TEXT);

    @ArchTest
    static final ArchRule faultsNeedNodesOnly =
            mayUseOfTheProject(FAULT, FAULT, SPEC, COMMAND, NODE, WAIT, TEXT, "io.github.taplab.internal.iproute");

    @ArchTest
    static final ArchRule guestImagesNeedNoLab =
            mayUseOfTheProject(GUEST_IMAGE, GUEST_IMAGE, SPEC, COMMAND, WAIT, "io.github.taplab.internal.config");

    @ArchTest
    static final ArchRule aConsoleNeedsItsLauncherOnly = mayUseOfTheProject(
            CONSOLE,
            CONSOLE,
            COMMAND,
            NODE,
            WAIT,
            "io.github.taplab.internal.argument",
            "io.github.taplab.internal.docker",
            "io.github.taplab.internal.node",
            TEXT);

    @ArchTest
    static final ArchRule aTunnelNeedsNoContainer =
            mayUseOfTheProject(TUNNEL, TUNNEL, COMMAND, WAIT, "io.github.taplab.internal.config");

    @ArchTest
    static final ArchRule ringsNeedContainersOnly =
            mayUseOfTheProject(RING, RING, SPEC, COMMAND, WAIT, "io.github.taplab.internal.docker");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().assignedFrom(eachPackage()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule publicTypesShowNoLibraryAndNoInternals =
            classes().that().resideInAnyPackage(PUBLIC).and().arePublic().should(showOnlyWhatUsersMaySee());

    @ArchTest
    static final ArchRule publicTypesSayWhatTheyPromise = classes()
            .that()
            .resideInAnyPackage(PUBLIC)
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .beAnnotatedWith(API.class)
            .because("users have to know what the next version may change: see the Javadoc of io.github.taplab");

    @ArchTest
    static final ArchRule outputIsOnlyForProgressAndStory = noClasses()
            .that(describe(
                    "are not Session, which tells progress, StoryListener, which tells the story, SettingsListener,"
                            + " which warns before anything starts, Evidence, which names attachments for CI servers,"
                            + " ReportListener, which names the page, or Main, which is a command",
                    type -> !belongToAnyOf(
                                    Session.class,
                                    StoryListener.class,
                                    SettingsListener.class,
                                    Evidence.class,
                                    ReportListener.class,
                                    Main.class)
                            .test(type)))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethodWhere(describe(
                    "a stack trace is printed",
                    call -> call.getName().equals("printStackTrace")
                            && call.getTarget().getRawParameterTypes().isEmpty()));

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethodWhere(describe("something sleeps", ArchitectureTests::sleeps))
            .because("internal.wait waits for states");

    @ArchTest
    static final ArchRule nothingStaticChanges =
            fields().that().areStatic().should().beFinal().because("state lives in JUnit's Store");

    @ArchTest
    static final ArchRule recordsAreValues = classes()
            .that(describe("are records", JavaClass::isRecord))
            .should(holdOnlyValues())
            .because("what can be closed, runs, or is still to come, has an identity: it is a class");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager)(\\$.*)?");

    private static SliceAssignment eachPackage() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "each package";
            }
        };
    }

    private static ArchRule onlyDoor(String door, String... outside) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(door)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(outside);
    }

    private static ArchRule mayUseOfTheProject(String user, String... allowed) {
        return noClasses()
                .that()
                .resideInAPackage(user)
                .should()
                .dependOnClassesThat(resideInAnyPackage(PROJECT)
                        .and(describe(
                                "reside outside of " + String.join(", ", allowed),
                                type -> !Set.of(allowed).contains(type.getPackageName()))));
    }

    private static boolean sleeps(JavaMethodCall call) {
        return call.getName().equals("sleep")
                && (call.getTargetOwner().isEquivalentTo(Thread.class)
                        || call.getTargetOwner().isAssignableTo("java.util.concurrent.TimeUnit"));
    }

    private static ArchCondition<JavaClass> showOnlyWhatUsersMaySee() {
        var hidden = resideInAnyPackage(
                INTERNAL,
                "org.testcontainers..",
                "com.github.dockerjava..",
                "org.libvirt..",
                "com.sun.jna..",
                "net.schmizz..",
                "com.fasterxml..",
                "inet.ipaddr..");
        return new ArchCondition<>("show only what users may see") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMembers().stream()
                        .filter(ArchitectureTests::isVisible)
                        .forEach(member -> shownBy(member).stream()
                                .filter(hidden)
                                .forEach(shown -> events.add(SimpleConditionEvent.violated(
                                        member, member.getFullName() + " shows " + shown.getName()))));
                type.getAllRawInterfaces().stream()
                        .filter(hidden)
                        .forEach(shown -> events.add(
                                SimpleConditionEvent.violated(type, type.getName() + " is a " + shown.getName())));
            }
        };
    }

    private static ArchCondition<JavaClass> holdOnlyValues() {
        return new ArchCondition<>("hold only values") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                        .forEach(field -> field.getAllInvolvedRawTypes().stream()
                                .filter(held -> LIVE.stream().anyMatch(held::isAssignableTo))
                                .forEach(held -> events.add(SimpleConditionEvent.violated(
                                        field, field.getFullName() + " holds a " + held.getName()))));
                if (type.isAssignableTo(AutoCloseable.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " can be closed"));
                }
            }
        };
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    /** The types in a signature, type arguments and declared exceptions included. */
    private static Set<JavaClass> shownBy(JavaMember member) {
        Set<JavaClass> shown = new HashSet<>();
        if (member instanceof JavaField field) {
            shown.addAll(field.getAllInvolvedRawTypes());
        } else if (member instanceof JavaCodeUnit code) {
            shown.addAll(code.getAllInvolvedRawTypes());
            code.getExceptionTypes().forEach(shown::add);
        }
        return shown;
    }
}
