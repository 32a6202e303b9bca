package io.github.taplab.internal.report;

import io.github.taplab.internal.config.ReportFolder;
import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the page of a run when it is over, where any of its tests had a lab. The extension finds the
 * {@link ReportBuilder} in the Store of the launcher's session. What goes wrong here is a warning, and no verdict.
 */
public final class ReportListener implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        ReportBuilder builder = new ReportBuilder();
        builder.keepIn(session.getStore());
        Fork fork = Fork.of(System.getProperty("sun.java.command"));
        session.getLauncher().registerTestExecutionListeners(new OfOneSession(builder, fork, System.out));
    }

    private static final class OfOneSession implements TestExecutionListener {

        private static final Logger LOG = LoggerFactory.getLogger(ReportListener.class);

        private final ReportBuilder builder;
        private final Fork fork;
        private final PrintStream out;
        private final Clock clock = Clock.systemUTC();
        private final Outcomes outcomes = new Outcomes(clock);
        private final Instant began = clock.instant();
        // Of earlier plans of the session, as where failing tests are run again.
        private List<ClassReport> classes = List.of();
        private final Set<String> withoutLab = new HashSet<>();
        private Optional<RunReport> earlier = Optional.empty();
        private boolean written;

        OfOneSession(ReportBuilder builder, Fork fork, PrintStream out) {
            this.builder = builder;
            this.fork = fork;
            this.out = out;
        }

        @Override
        public void executionStarted(TestIdentifier part) {
            outcomes.begins(part.getUniqueId());
        }

        @Override
        public void executionSkipped(TestIdentifier part, String reason) {
            outcomes.isSkipped(part.getUniqueId(), reason);
        }

        @Override
        public void executionFinished(TestIdentifier part, TestExecutionResult result) {
            outcomes.ends(part.getUniqueId(), result);
        }

        @Override
        public synchronized void testPlanExecutionFinished(TestPlan plan) {
            SettingSource source = SettingSource.of(plan.getConfigurationParameters()::get);
            try {
                ReportFolder wanted = folder(source);
                Optional<Path> folder = wanted.in(Path.of(""));
                if (folder.isPresent()) {
                    ReportTree tree = ReportTree.of(plan, outcomes, builder);
                    classes = RunReport.joined(classes, tree.classes());
                    withoutLab.addAll(tree.withoutLab());
                    if (!classes.isEmpty()) {
                        write(new ForkPages(folder.get(), fork), story(source));
                    }
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("The report of this run can't be written: {}", e.toString(), e);
            } finally {
                // The next plan may have the same ids, and has all of its own.
                builder.forget();
                outcomes.forget();
            }
        }

        private void write(ForkPages pages, boolean story) throws IOException {
            RunReport own = new RunReport(
                    title(),
                    began,
                    Duration.between(began, clock.instant()),
                    machine(),
                    withoutLab.size(),
                    classes,
                    fork.run());
            if (!written) {
                // Later it is this JVM's own page that is there.
                earlier = pages.earlier();
                pages.clear();
                written = true;
            }
            ReportFile.write(earlier.map(own::after).orElse(own), pages.own());
            if (story || own.failed()) {
                out.printf("taplab: report: %s%n", pages.own());
                out.flush();
            }
        }

        private static String title() {
            return String.valueOf(Path.of("").toAbsolutePath().getFileName());
        }

        private String machine() {
            String facts = builder.facts();
            return "JDK %s, %s%d cores"
                    .formatted(
                            Runtime.version().feature(),
                            facts.isEmpty() ? "" : facts + ", ",
                            Runtime.getRuntime().availableProcessors());
        }

        // A wrong value is told by SettingsListener, and refused by the first lab.
        private static ReportFolder folder(SettingSource source) {
            try {
                return Settings.report(source);
            } catch (IllegalArgumentException toldElsewhere) {
                return ReportFolder.OFF;
            }
        }

        private static boolean story(SettingSource source) {
            try {
                return Settings.story(source);
            } catch (IllegalArgumentException toldElsewhere) {
                return false;
            }
        }
    }
}
