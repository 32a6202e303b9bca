package io.github.taplab.capture;

import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What passed the interfaces of a lab's containers for a while.
 *
 * <p>A container keeps the last frames of all its interfaces, up to 1 MiB of them. What passed before can't be told,
 * and that it did not pass neither: assertions that depend on it throw {@link IncompleteCaptureException}.
 *
 * @param sightings in the order of time, by the Docker host's clock, which all containers share
 * @param whole names of the containers of which none is missing
 * @param gaps why some may be missing, a line for each reason
 */
@API(status = Status.EXPERIMENTAL, since = "0.1.0")
public record Traffic(List<Sighting> sightings, Set<String> whole, List<String> gaps) {

    public Traffic {
        sightings = List.copyOf(sightings);
        whole = Set.copyOf(whole);
        gaps = List.copyOf(gaps);
    }

    /** One line: how much it is. */
    @Override
    public String toString() {
        return "frames seen: %d%s".formatted(sightings.size(), gaps.isEmpty() ? "" : ", incomplete: " + gaps);
    }
}
