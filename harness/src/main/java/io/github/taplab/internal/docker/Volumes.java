package io.github.taplab.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ListVolumesCmd;
import com.github.dockerjava.api.command.ListVolumesResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** An engine's volumes. */
public final class Volumes {

    private final AskedEngine engine;

    Volumes(AskedEngine engine) {
        this.engine = engine;
    }

    /** Sees to it that there is a volume of this name; it is empty if there was none. */
    public void ensure(String name, Map<String, String> labels) {
        engine.tell(
                "create volume " + name,
                asked -> asked.createVolumeCmd()
                        .withName(name)
                        .withLabels(labels)
                        .exec());
    }

    /** The labels of a volume, if there is one of this name. */
    public Optional<Map<String, String>> labels(String name) {
        return ask("look for volume " + name, asked -> asked.listVolumesCmd().withFilter("name", List.of(name)))
                .filter(volume -> volume.name().equals(name))
                .map(LabelledVolume::labels)
                .findFirst();
    }

    /** The volumes that carry a label, {@code key} or {@code key=value}. */
    public List<LabelledVolume> with(String label) {
        return ask(
                        "list the volumes labelled " + label,
                        asked -> asked.listVolumesCmd().withFilter("label", List.of(label)))
                .toList();
    }

    /** When a volume was made, by the engine's clock, if it is there and the engine says so. */
    public Optional<Instant> created(String name) {
        try {
            // The client has no name for it, and keeps it only where a single volume is asked for.
            return Optional.ofNullable(engine.ask(
                                    "look at volume " + name,
                                    asked -> asked.inspectVolumeCmd(name).exec())
                            .getRawValues()
                            .get("CreatedAt"))
                    .map(said -> OffsetDateTime.parse(said.toString()).toInstant());
        } catch (NotFoundException | DateTimeParseException notSaid) {
            return Optional.empty();
        }
    }

    private Stream<LabelledVolume> ask(String what, Function<DockerClient, ListVolumesCmd> question) {
        ListVolumesResponse answer =
                engine.ask(what, asked -> question.apply(asked).exec());
        // An engine without volumes has no list of them.
        return Optional.ofNullable(answer.getVolumes()).orElse(List.of()).stream()
                .map(volume -> new LabelledVolume(
                        volume.getName(),
                        Optional.ofNullable(volume.getLabels()).orElse(Map.of())));
    }

    /** Removes a volume; one that is gone already is no error. */
    public void remove(String name) {
        try {
            engine.clean(
                    "remove volume " + name,
                    asked -> asked.removeVolumeCmd(name).exec());
        } catch (NotFoundException alreadyGone) {
            // Nothing to do.
        }
    }
}
