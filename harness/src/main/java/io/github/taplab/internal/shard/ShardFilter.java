package io.github.taplab.internal.shard;

import io.github.taplab.internal.config.SettingNames;
import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.report.LastTime;
import io.github.taplab.spec.Quoted;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Takes out of a run what other shards run: with {@code taplab.shard=2/5} four fifths of the classes, of whatever
 * engine. A class stays whole, with its nested classes and all invocations of it. JUnit tells its filters no
 * configuration parameters, so the setting is a system property or an environment variable.
 */
public final class ShardFilter implements PostDiscoveryFilter {

    private static final FilterResult WHOLE_RUN = FilterResult.included("The run is in one piece");

    private final SettingSource source;
    private @Nullable Plan plan;

    /** For the service loader. It would hide what is wrong with a setting, so none is read yet. */
    public ShardFilter() {
        this(SettingSource.ofTheJvm());
    }

    ShardFilter(SettingSource source) {
        this.source = source;
    }

    /**
     * Who runs what.
     *
     * @param parts none: the run is in one piece
     */
    private record Plan(Optional<Parts> parts) {

        static Plan of(SettingSource source) {
            return new Plan(source.get(SettingNames.SHARD).map(Shard::parse).map(own -> Parts.of(own, source)));
        }
    }

    private record Parts(Shard own, Shares shares) {

        static Parts of(Shard own, SettingSource source) {
            Map<String, Duration> lastTime = source.get(SettingNames.SHARD_REPORT)
                    .map(ShardFilter::lastTime)
                    .orElse(Map.of());
            return new Parts(own, new Shares(own.count(), lastTime));
        }
    }

    private static Map<String, Duration> lastTime(String page) {
        try {
            return LastTime.of(Path.of(page));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "%s is the page of an earlier run, and %s is not there"
                            .formatted(SettingNames.SHARD_REPORT, Quoted.of(page)),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s is the page of an earlier run, and %s can't be read: %s"
                            .formatted(SettingNames.SHARD_REPORT, Quoted.of(page), e.getMessage()),
                    e);
        }
    }

    /**
     * Whether it is this shard's.
     *
     * @throws IllegalArgumentException if a setting is wrong, with what it may be: a run of the wrong tests is no run
     */
    @Override
    public FilterResult apply(TestDescriptor descriptor) {
        return plan().parts()
                .map(parts -> result(parts.own(), parts.shares(), descriptor))
                .orElse(WHOLE_RUN);
    }

    private synchronized Plan plan() {
        if (plan == null) {
            plan = Plan.of(source);
        }
        return plan;
    }

    private static FilterResult result(Shard own, Shares shares, TestDescriptor descriptor) {
        int share = shares.of(nameOf(belowTheEngine(descriptor)));
        return FilterResult.includedIf(
                share == own.number(),
                () -> "This is shard %d of %d".formatted(own.number(), own.count()),
                () -> "Shard %d of %d runs it".formatted(share, own.count()));
    }

    private static TestDescriptor belowTheEngine(TestDescriptor descriptor) {
        TestDescriptor part = descriptor;
        Optional<TestDescriptor> parent = part.getParent();
        while (parent.isPresent() && !parent.get().isRoot()) {
            part = parent.get();
            parent = part.getParent();
        }
        return part;
    }

    private static String nameOf(TestDescriptor part) {
        return part.getSource()
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getClassName())
                .orElseGet(() -> part.getUniqueId().toString());
    }
}
