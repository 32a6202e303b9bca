package io.github.taplab.internal.timeline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.timeline.Event.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of each test's last green run, kept between runs in a folder; a test is known by its unique id. Nothing
 * depends on it, so what fails here is logged.
 */
public final class LastGreen {

    private static final Logger LOG = LoggerFactory.getLogger(LastGreen.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<List<Seen>> STEPS = new TypeReference<>() {};
    private static final int LONGEST_RESULT = 2000;

    private final Path folder;

    /**
     * What is kept in a folder.
     *
     * @param folder is made when it is needed
     */
    public LastGreen(Path folder) {
        this.folder = folder;
    }

    /**
     * A step as it is kept: without what differs in each lab.
     *
     * @param step the node and the call
     * @param result what came of it
     */
    public record Seen(String step, String result) {

        static Seen of(Step step) {
            String result = AnyLab.text(step.result());
            return new Seen(
                    AnyLab.text(step.node() + ": " + step.call()),
                    result.length() > LONGEST_RESULT ? result.substring(0, LONGEST_RESULT) : result);
        }
    }

    /** Keeps the steps of a test that has passed, in place of those before. */
    public void keep(String test, List<Step> steps) {
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "new", ".json");
            Files.write(
                    fresh, MAPPER.writeValueAsBytes(steps.stream().map(Seen::of).toList()));
            Files.move(fresh, file(test), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.info("The steps of {} can't be kept: {}", test, e.getMessage());
        }
    }

    /** What is different now, a line each; none if no green run is known. */
    public List<String> differences(String test, List<Step> steps) {
        try {
            List<Seen> green = MAPPER.readValue(Files.readAllBytes(file(test)), STEPS);
            return StepDifferences.between(green, steps.stream().map(Seen::of).toList());
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            LOG.info("The last green run of {} can't be read: {}", test, e.getMessage());
            return List.of();
        }
    }

    private Path file(String test) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(test.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest, 0, 16) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
