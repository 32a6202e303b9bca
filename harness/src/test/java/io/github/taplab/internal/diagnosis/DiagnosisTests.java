package io.github.taplab.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.node.Client;
import io.github.taplab.node.Node;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import org.assertj.core.error.MultipleAssertionsError;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class DiagnosisTests {

    /** It has no address, and all of its tables are empty. */
    private static final Node EMPTY = node(List.of());

    private static Node node(Object answer) {
        return (Node) Proxy.newProxyInstance(
                DiagnosisTests.class.getClassLoader(), new Class<?>[] {Client.class}, (node, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(node, method, arguments);
                    }
                    if (answer instanceof RuntimeException failure
                            && !method.getName().equals("name")) {
                        throw failure;
                    }
                    return method.getName().equals("name") ? "client" : answer;
                });
    }

    @Test
    void aFailureEndsWithItsCauseAndIsOtherwiseAsItWas() {
        AssertionFailedError failure =
                new AssertionFailedError("Ping from client", "answered", "silent", new IllegalStateException("why"));
        failure.addSuppressed(new IllegalStateException("too"));

        AssertionError explained = Diagnosis.explained(failure, List.of(EMPTY));

        assertThat(explained)
                .isExactlyInstanceOf(AssertionFailedError.class)
                .hasMessage("Ping from client%n  cause:    client has no IP address but those of its links".formatted())
                .hasCause(failure.getCause())
                .hasSuppressedException(failure.getSuppressed()[0]);
        assertThat(explained.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(((AssertionFailedError) explained).getExpected().getValue()).isEqualTo("answered");
        assertThat(((AssertionFailedError) explained).getActual().getValue()).isEqualTo("silent");
    }

    @Test
    void whereNoCauseIsSeenItIsTheSame() {
        AssertionError failure = new AssertionError("Ping from launcher");

        assertThat(Diagnosis.explained(failure, List.of(EMPTY))).isSameAs(failure);
    }

    @Test
    void aNodeThatCannotBeLookedAtIsNoOtherFailure() {
        AssertionError failure = new AssertionError("Ping from client");

        assertThat(Diagnosis.explained(failure, List.of(node(new IllegalStateException("gone")))))
                .isSameAs(failure);
    }

    @Test
    void severalFailuresInOneStayWhatTheyAre() {
        AssertionError failure = new MultipleAssertionsError(List.of(new AssertionError("Ping from client")));

        assertThat(Diagnosis.explained(failure, List.of(EMPTY))).isSameAs(failure);
    }
}
