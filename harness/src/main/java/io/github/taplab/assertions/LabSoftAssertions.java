package io.github.taplab.assertions;

import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.api.StandardSoftAssertionsProvider;

/**
 * Assertions on a lab, and AssertJ's own, that go on after a failure and tell all failures at the end.
 *
 * <pre>{@code
 * LabSoftAssertions.assertSoftly(softly -> {
 *     softly.assertThat(client).reaches(guest.ip());
 *     softly.assertThat(guest.macvtap()).isUp().hasMac(guest.mac());
 * });
 * }</pre>
 *
 * <p>AssertJ's {@code SoftAssertionsExtension} injects it into fields with {@code @InjectSoftAssertions} and into
 * parameters. What can't be asked, as where a command can't run, is no failed assertion and ends the test at once. A
 * soft assertion does not fail where it stands, so within {@link LabAssertions#eventually} take
 * {@link LabAssertions#assertThat}.
 */
@API(status = Status.STABLE, since = "0.1.0")
public class LabSoftAssertions extends AbstractSoftAssertions
        implements StandardSoftAssertionsProvider, LabSoftAssertionsProvider {

    /**
     * Does all assertions of a block.
     *
     * @throws AssertionError with every failure of the block, if there is any
     */
    public static void assertSoftly(Consumer<LabSoftAssertions> softly) {
        SoftAssertionsProvider.assertSoftly(LabSoftAssertions.class, softly);
    }
}
