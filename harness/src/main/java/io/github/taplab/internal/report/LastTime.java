package io.github.taplab.internal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** How long the classes of an earlier run took that had labs, out of its page. */
public final class LastTime {

    private LastTime() {}

    /**
     * Names of classes with their times; of several invocations, or runs, the sum.
     *
     * @throws IOException if there is no such page, or it is none of Taplab's
     */
    public static Map<String, Duration> of(Path page) throws IOException {
        return Inlined.read(Files.readString(page)).classes().stream()
                .filter(each -> !each.className().isEmpty())
                .collect(Collectors.toMap(ClassReport::className, ClassReport::took, Duration::plus));
    }
}
