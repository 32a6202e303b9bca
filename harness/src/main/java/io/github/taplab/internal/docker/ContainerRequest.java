package io.github.taplab.internal.docker;

import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container to be started.
 *
 * @param name unique on the Docker host
 * @param image tag or id
 * @param preparation what runs before it takes commands, and then becomes the command that its further arguments say;
 *     empty: nothing does
 * @param hostname its host name; empty: Docker's choice
 * @param network name of its network, or {@code none} or {@code host}
 * @param ip its fixed address on that network
 * @param mac its MAC address on that network
 * @param dns the only name server; Docker's default would pass a lab's questions on to the host's, and so off the
 *     machine
 * @param sysctls kernel parameters of its network namespace, which it can't change itself later
 * @param capabilities added to Docker's default ones
 * @param deviceRules such as {@code c 10:232 rw}
 * @param privileged the document's container
 * @param volumes what it sees of the engine's volumes
 * @param labels what a later run finds it by
 */
public record ContainerRequest(
        String name,
        String image,
        List<String> preparation,
        Optional<String> hostname,
        String network,
        Optional<InetAddress> ip,
        Optional<MacAddress> mac,
        Optional<InetAddress> dns,
        Map<String, String> sysctls,
        List<String> capabilities,
        List<String> deviceRules,
        boolean privileged,
        List<VolumeMount> volumes,
        Map<String, String> labels) {

    /** A container that is on no network. */
    public static ContainerRequest withoutNetwork(
            String name, String image, List<VolumeMount> volumes, Map<String, String> labels) {
        return plain(name, image, "none", List.of(), volumes, labels);
    }

    /**
     * A container that is in the network namespace of the engine's host.
     *
     * @param capabilities added to Docker's default ones
     */
    public static ContainerRequest inHostsNetwork(
            String name, String image, List<String> capabilities, Map<String, String> labels) {
        return plain(name, image, "host", capabilities, List.of(), labels);
    }

    private static ContainerRequest plain(
            String name,
            String image,
            String network,
            List<String> capabilities,
            List<VolumeMount> volumes,
            Map<String, String> labels) {
        return new ContainerRequest(
                name,
                image,
                List.of(),
                Optional.empty(),
                network,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                capabilities,
                List.of(),
                false,
                volumes,
                labels);
    }

    public ContainerRequest {
        preparation = List.copyOf(preparation);
        sysctls = Map.copyOf(sysctls);
        capabilities = List.copyOf(capabilities);
        deviceRules = List.copyOf(deviceRules);
        volumes = List.copyOf(volumes);
        labels = Map.copyOf(labels);
    }
}
