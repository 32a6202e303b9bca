package io.github.taplab.internal.junit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** The test classes of a run, which are known before the first of them starts, and the news of those that are over. */
public final class ClassPlan {

    private static final String ENGINE = "junit-jupiter";
    // Of a class template: it has the class for its source too.
    private static final String INVOCATION = "class-template-invocation";

    private final List<Class<?>> classes;
    private final Function<String, Optional<String>> parameters;
    private final Set<Consumer<String>> listeners = ConcurrentHashMap.newKeySet();

    private ClassPlan(List<Class<?>> classes, Function<String, Optional<String>> parameters) {
        this.classes = List.copyOf(classes);
        this.parameters = parameters;
    }

    /** That of a launcher. */
    public static ClassPlan of(TestPlan plan) {
        List<Class<?>> classes = plan.getRoots().stream()
                .flatMap(root -> withAllBelow(root, plan))
                .flatMap(ClassPlan::testClass)
                .<Class<?>>map(ClassSource::getJavaClass)
                .distinct()
                .toList();
        return new ClassPlan(classes, plan.getConfigurationParameters()::get);
    }

    /** That of the run; empty: nobody has told it, as where there is no launcher. */
    public static Optional<ClassPlan> of(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(ClassPlan.class))
                .get(ClassPlan.class, ClassPlan.class));
    }

    void keepIn(NamespacedHierarchicalStore<org.junit.platform.engine.support.store.Namespace> session) {
        session.put(org.junit.platform.engine.support.store.Namespace.create(ClassPlan.class), ClassPlan.class, this);
    }

    // The plan's own list has what is nested behind all that is not.
    private static Stream<TestIdentifier> withAllBelow(TestIdentifier part, TestPlan plan) {
        return Stream.concat(
                Stream.of(part), plan.getChildren(part).stream().flatMap(child -> withAllBelow(child, plan)));
    }

    private static Stream<ClassSource> testClass(TestIdentifier part) {
        boolean isJupiters =
                part.getUniqueIdObject().getEngineId().filter(ENGINE::equals).isPresent();
        return isJupiters
                ? part.getSource().filter(ClassSource.class::isInstance).map(ClassSource.class::cast).stream()
                : Stream.of();
    }

    /** In the order in which they are started where nothing runs in parallel. */
    public List<Class<?>> classes() {
        return classes;
    }

    /** A configuration parameter of the run. */
    public Optional<String> parameter(String name) {
        return parameters.apply(name);
    }

    /** Has the name of each class told that has ended, or is skipped. */
    public void whenOver(Consumer<String> listener) {
        listeners.add(listener);
    }

    void over(TestIdentifier part) {
        if (part.getUniqueIdObject().getLastSegment().getType().equals(INVOCATION)) {
            // There may be more of them, and the class itself ends behind the last one.
            return;
        }
        testClass(part).map(ClassSource::getClassName).forEach(name -> listeners.forEach(each -> each.accept(name)));
    }
}
