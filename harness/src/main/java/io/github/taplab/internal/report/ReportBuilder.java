package io.github.taplab.internal.report;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;

/**
 * Where the labs of a run hand in what was seen of them, each by the unique id of its test or class. Verdicts and times
 * are not asked for: the launcher tells them. All of it may be called from any thread.
 */
public final class ReportBuilder {

    private final Map<String, Gathered> gathered = new ConcurrentHashMap<>();
    private final Set<String> facts = new LinkedHashSet<>();

    ReportBuilder() {}

    /** That of the run; empty: nobody would write a report, as where there is no launcher. */
    public static Optional<ReportBuilder> in(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(ReportBuilder.class))
                .get(ReportBuilder.class, ReportBuilder.class));
    }

    void keepIn(NamespacedHierarchicalStore<org.junit.platform.engine.support.store.Namespace> session) {
        session.put(
                org.junit.platform.engine.support.store.Namespace.create(ReportBuilder.class),
                ReportBuilder.class,
                this);
    }

    /**
     * What is known of a test, or of a class or one invocation of it: its lab's start, and what was seen outside of
     * tests.
     */
    public Gathered of(String uniqueId) {
        return gathered.computeIfAbsent(uniqueId, unused -> new Gathered());
    }

    /** Adds a word on where all of it ran, such as {@code Docker 20.10.24} or {@code TCG}. */
    public void fact(String fact) {
        synchronized (facts) {
            facts.add(fact);
        }
    }

    String facts() {
        synchronized (facts) {
            return String.join(", ", facts);
        }
    }

    /** Forgets what was handed in, but for where all of it ran. */
    void forget() {
        gathered.clear();
    }

    Optional<Gathered> handedIn(String uniqueId) {
        return Optional.ofNullable(gathered.get(uniqueId));
    }
}
