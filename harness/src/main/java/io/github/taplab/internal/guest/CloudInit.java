package io.github.taplab.internal.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.node.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** cloud-init in a guest: the file that it leaves when it has done all it was told. */
final class CloudInit {

    private static final String RESULT = "/run/cloud-init/result.json";

    private CloudInit() {}

    /**
     * Waits for its result and returns it as it is.
     *
     * @throws DeadlineExceededException if there is none in time
     */
    static String result(Shell guest, Duration deadline) {
        // "cloud-init status --wait" looks for this file too, but is a Python program: seconds of an emulated CPU.
        return guest.tryRun(
                        deadline, "/bin/sh", "-c", "until [ -e %1$s ]; do sleep 0.5; done; cat %1$s".formatted(RESULT))
                .orThrow()
                .stdout();
    }

    /** What a result says that could not be done. */
    static List<String> errors(String result) {
        try {
            List<String> errors = new ArrayList<>();
            for (JsonNode error :
                    JsonMapper.builder().build().readTree(result).path("v1").path("errors")) {
                errors.add(error.asText());
            }
            return errors;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cloud-init's result is no JSON: " + result, e);
        }
    }
}
