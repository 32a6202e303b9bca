package io.github.taplab.internal.docker;

import com.github.dockerjava.api.model.Info;
import java.util.Objects;

/**
 * What an engine that labs can run on says of itself and its host.
 *
 * @param name Docker or Podman
 * @param version its own
 * @param api version of the Docker API that it speaks
 * @param kernel of its host
 * @param architecture of its host, as the kernel calls it
 * @param size of its host
 */
public record EngineAbout(
        String name, String version, String api, String kernel, String architecture, EngineSize size) {

    static EngineAbout of(EngineVersion version, Info info) {
        return new EngineAbout(
                version.name(),
                version.version(),
                version.api(),
                Objects.requireNonNullElse(info.getKernelVersion(), "unknown"),
                Objects.requireNonNullElse(info.getArchitecture(), "unknown"),
                EngineSize.of(info));
    }
}
