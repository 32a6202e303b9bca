package io.github.taplab.internal.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SettingsListenerTests {

    @Test
    void whatIsWrongIsToldOnceARunWhereverItStands() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        SettingsListener listener = new SettingsListener(
                new PrintStream(told, true, StandardCharsets.UTF_8),
                () -> Set.of("taplab.acceleraton", "taplab.shard.report", "user.home"),
                () -> Set.of("TAPLAB_CASH", "HOME"));

        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .addTestExecutionListeners(listener)
                        .build())
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(OneCase.class))
                        .configurationParameter("taplab.requird", "true")
                        .configurationParameter("taplab.required", "true")
                        .configurationParameter("taplab.story", "yes")
                        .configurationParameter("taplab.shard", "1/2")
                        .configurationParameter("taplab.shard.report", "report.html")
                        .build());

        assertThat(told.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "taplab: taplab.acceleraton is no setting of Taplab's and has no effect;"
                                + " did you mean taplab.acceleration?",
                        "taplab: taplab.requird is no setting of Taplab's and has no effect;"
                                + " did you mean taplab.required?",
                        "taplab: TAPLAB_CASH is no setting of Taplab's and has no effect;"
                                + " did you mean TAPLAB_CACHE?",
                        "taplab: taplab.shard is a system property or an environment variable, and has no effect as a"
                                + " configuration parameter",
                        "taplab: taplab.story is true or false, found \"yes\"");
    }

    static class OneCase {
        @Test
        void passes() {}
    }
}
