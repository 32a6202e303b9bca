package io.github.taplab.labtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreatedContainerTests {

    private static Map<String, Object> container(Map<String, Object> hostConfig, Map<String, Object> more) {
        Map<String, Object> container = new HashMap<>(more);
        Map<String, Object> host = new HashMap<>(Map.of("IpcMode", "private", "MaskedPaths", List.of("/proc/kcore")));
        host.putAll(hostConfig);
        container.put("HostConfig", host);
        return container;
    }

    private static String beyond(Map<String, Object> container) {
        return CreatedContainer.beyond(container(Map.of(), Map.of("AppArmorProfile", "docker-default")), container);
    }

    @Test
    void whatWasNotAskedForIsWrittenInSeveralWays() {
        assertThat(beyond(container(
                        Map.of(
                                "Binds",
                                List.of(),
                                "Privileged",
                                false,
                                "PidMode",
                                "",
                                "Sysctls",
                                Map.of(),
                                "Memory",
                                0),
                        Map.of("AppArmorProfile", "docker-default"))))
                .isEmpty();
    }

    @Test
    void everyDifferenceIsALine() {
        assertThat(beyond(container(
                        Map.of(
                                "NobodyHasThoughtOfIt", true,
                                "Binds", List.of("/:/host"),
                                "IpcMode", "host",
                                "MaskedPaths", List.of(),
                                "PortBindings", Map.of("22/tcp", List.of(Map.of("HostPort", "22")))),
                        Map.of("Config", Map.of("User", "me"), "AppArmorProfile", "unconfined"))))
                .isEqualTo("""
                        AppArmorProfile: unconfined
                        Binds: [/:/host]
                        Config.User: me
                        IpcMode: host
                        MaskedPaths: []
                        NobodyHasThoughtOfIt: true
                        PortBindings: {22/tcp=[{HostPort=22}]}""");
    }
}
