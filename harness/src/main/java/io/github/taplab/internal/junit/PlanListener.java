package io.github.taplab.internal.junit;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Keeps a run's plan where the extension finds it, in the Store of the launcher's session. A listener of the run alone
 * could not: it sees the plan, and no Store.
 */
public final class PlanListener implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        session.getLauncher().registerTestExecutionListeners(new OfOneSession(session));
    }

    private static final class OfOneSession implements TestExecutionListener {

        private final LauncherSession session;
        private final AtomicReference<ClassPlan> classes = new AtomicReference<>();

        OfOneSession(LauncherSession session) {
            this.session = session;
        }

        @Override
        public void testPlanExecutionStarted(TestPlan plan) {
            ClassPlan started = ClassPlan.of(plan);
            classes.set(started);
            started.keepIn(session.getStore());
        }

        @Override
        public void executionSkipped(TestIdentifier part, String reason) {
            over(part);
        }

        @Override
        public void executionFinished(TestIdentifier part, TestExecutionResult result) {
            over(part);
        }

        private void over(TestIdentifier part) {
            ClassPlan started = classes.get();
            if (started != null) {
                started.over(part);
            }
        }
    }
}
