package io.github.taplab.internal.green;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each test has seen in its last green run, kept between runs in a folder; a test is known by its unique id.
 * Nothing depends on it, so what fails here is logged.
 */
public final class LastGreen {

    private static final Logger LOG = LoggerFactory.getLogger(LastGreen.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MOST_LINES = 20;
    private static final Duration TABLES_ARE_FRESH = Duration.ofDays(1);

    private final Path folder;
    private final Clock clock;

    /**
     * What is kept in a folder.
     *
     * @param folder is made when it is needed
     */
    public LastGreen(Path folder) {
        this(folder, Clock.systemUTC());
    }

    LastGreen(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Whether the tables of a test's nodes should be looked at, which takes time: not where they have been within a
     * day, and the test has done the same then; nor while no green run of it is known, since that is so of each run
     * whose cache nobody keeps.
     *
     * @param of what it sees the tables of, as {@link Tables} has it
     */
    public boolean wantsTables(String test, String of) {
        return kept(test)
                .map(Sight::tables)
                .filter(tables -> !tables.of().equals(of)
                        || !clock.instant().minus(TABLES_ARE_FRESH).isBefore(Instant.ofEpochSecond(tables.at())))
                .isPresent();
    }

    /** Keeps what a test has seen that has passed, in place of what was before; without tables those stay. */
    public void keep(String test, Sight seen) {
        Sight whole = seen.tables().nodes().isEmpty()
                ? kept(test).map(before -> seen.with(before.tables())).orElse(seen)
                : seen;
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "new", ".json");
            Files.write(fresh, MAPPER.writeValueAsBytes(whole));
            Files.move(fresh, file(test), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.info("What {} has seen can't be kept: {}", test, e.getMessage());
        }
    }

    /** Whether there is anything to compare a run of the test with. */
    public boolean knows(String test) {
        return kept(test).isPresent();
    }

    /** What is different now, a line each; none if no green run is known. */
    public List<String> differences(String test, Sight now) {
        return kept(test)
                .map(green -> {
                    List<String> lines = new ArrayList<>(first(StepDifferences.between(green.steps(), now.steps())));
                    if (!green.tables().nodes().isEmpty()) {
                        lines.addAll(first(TableDifferences.between(
                                green.tables().nodes(), now.tables().nodes())));
                    }
                    lines.addAll(first(PhaseDifferences.between(green.phases(), now.phases())));
                    return List.copyOf(lines);
                })
                .orElse(List.of());
    }

    private static List<String> first(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, MOST_LINES));
        first.add("… %d lines more".formatted(lines.size() - MOST_LINES));
        return first;
    }

    private Optional<Sight> kept(String test) {
        try {
            return Optional.of(MAPPER.readValue(Files.readAllBytes(file(test)), Sight.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            // As of another version: a run that can be compared with is kept at the next pass.
            LOG.debug("The last green run of {} can't be read", test, e);
            return Optional.empty();
        }
    }

    private Path file(String test) {
        return folder.resolve(Digests.of(test) + ".json");
    }
}
