package io.github.taplab.assertions;

import io.github.taplab.capture.Traffic;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.HttpResult;
import io.github.taplab.node.Link;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.Node;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.SshAttempt;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.SoftAssertionsProvider;
import org.jspecify.annotations.Nullable;

/**
 * The soft assertions on a lab, for those who put together soft assertions of their own; others use
 * {@link LabSoftAssertions}.
 */
@API(status = Status.STABLE, since = "0.1.0")
public interface LabSoftAssertionsProvider extends SoftAssertionsProvider {

    default CommandResultAssert assertThat(@Nullable CommandResult actual) {
        return proxy(CommandResultAssert.class, CommandResult.class, actual);
    }

    default HttpResultAssert assertThat(@Nullable HttpResult actual) {
        return proxy(HttpResultAssert.class, HttpResult.class, actual);
    }

    default LinkAssert assertThat(@Nullable Link actual) {
        return proxy(LinkAssert.class, Link.class, actual);
    }

    default NeighbourAnswersAssert assertThat(@Nullable NeighbourAnswers actual) {
        return proxy(NeighbourAnswersAssert.class, NeighbourAnswers.class, actual);
    }

    default NodeAssert assertThat(@Nullable Node actual) {
        return proxy(NodeAssert.class, Node.class, actual);
    }

    default PingResultAssert assertThat(@Nullable PingResult actual) {
        return proxy(PingResultAssert.class, PingResult.class, actual);
    }

    default SshAttemptAssert assertThat(@Nullable SshAttempt actual) {
        return proxy(SshAttemptAssert.class, SshAttempt.class, actual);
    }

    default TrafficAssert assertThat(@Nullable Traffic actual) {
        return proxy(TrafficAssert.class, Traffic.class, actual);
    }
}
