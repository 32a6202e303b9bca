package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.EventsCmd;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndingsTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String LOST =
            "the connection to the engine is lost (it ended the stream of its events), it may have been restarted";

    private final List<ResultCallback<Event>> streams = new ArrayList<>();
    private final Endings endings = new Endings(new AskedEngine(client(), "the engine", LONG, Optional.empty()), LONG);
    private boolean refusing;

    private DockerClient client() {
        return proxy(DockerClient.class, (method, arguments) -> proxy(EventsCmd.class, this::events));
    }

    private Object events(String method, Object[] arguments) {
        if (!method.equals("exec")) {
            return proxy(EventsCmd.class, this::events);
        }
        if (refusing) {
            throw new IllegalStateException("no thread");
        }
        @SuppressWarnings("unchecked")
        ResultCallback<Event> stream = (ResultCallback<Event>) arguments[0];
        streams.add(stream);
        return stream;
    }

    @FunctionalInterface
    private interface Method {
        Object answer(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Method method) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) -> method.answer(called.getName(), arguments)));
    }

    private static Event died(String id) {
        return new Event("die", id, "taplab", 0L)
                .withAction("die")
                .withEventActor(new EventActor().withId(id).withAttributes(Map.of("exitCode", "3")));
    }

    @Test
    void whereTheEngineCouldNotBeAskedTheNextContainerHasItAskedAgain() {
        refusing = true;
        assertThatIllegalStateException()
                .isThrownBy(() -> endings.watch("c0de"))
                .withMessage("the engine is asked to tell of the ends of containers: no thread");

        refusing = false;
        endings.watch("beef");
        streams.get(0).onNext(died("beef"));

        assertThat(endings.of("beef")).isEqualTo("ended by itself (exit code 3)");
    }

    @Test
    void oneStreamIsForAllContainersAsLongAsItIsWhole() {
        endings.watch("c0de");
        endings.watch("beef");
        assertThat(streams).hasSize(1);

        streams.get(0).onComplete();
        endings.watch("f00d");
        endings.watch("cafe");
        assertThat(streams).hasSize(2);
    }

    /** Its lease went with the stream, and so it ended; that is not why it is gone. */
    @Test
    void whatWasLostWithAStreamIsNotExplainedByTheNextOne() {
        endings.watch("c0de");
        streams.get(0).onComplete();
        endings.watch("beef");
        streams.get(1).onNext(died("c0de"));
        streams.get(1).onNext(died("beef"));

        assertThat(endings.of("c0de")).isEqualTo(LOST);
        assertThat(endings.of("beef")).isEqualTo("ended by itself (exit code 3)");
    }

    @Test
    void whatHasEndedBeforeTheStreamBrokeIsStillExplained() {
        endings.watch("c0de");
        streams.get(0).onNext(died("c0de"));
        streams.get(0).onComplete();

        assertThat(endings.of("c0de")).isEqualTo("ended by itself (exit code 3)");
    }
}
