package io.github.taplab.labtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.GivenSettings;
import io.github.taplab.internal.cli.Command;
import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.session.Owner;
import io.github.taplab.internal.stock.Item;
import io.github.taplab.internal.stock.Item.Place;
import io.github.taplab.internal.stock.Item.Status;
import io.github.taplab.internal.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The jar's command where an engine is. {@code clean} is not run here, not even with {@code --dry-run}: were that
 * broken, it would take away what others have there.
 */
@Tag("lab")
class CommandLabTests {

    private static final String LAB =
            new BuiltImages(GivenSettings.read()).lab().tag();

    @BeforeAll
    static void requireEngine() {
        EngineView.require();
    }

    private static Command.Ended run(String... arguments) {
        return Command.run(Map.of(), List.of("-Dtaplab.acceleration=tcg"), arguments);
    }

    @Test
    void theDoctorFindsThatLabsCanRun() {
        Command.Ended ended = run("doctor");

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out())
                .contains(
                        "ok    Lab image                 " + LAB + "\n",
                        "ok    macvtap                   the kernel makes them, major number ",
                        "ok    KVM                       not tried, guests are emulated: taplab.acceleration=tcg\n")
                .endsWith("\n\nLabs can run here.\n");
    }

    @Test
    void imagesShowsTheLabImage() {
        Command.Ended ended = run("images");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines())
                .anySatisfy(line -> assertThat(line).matches("Docker image +(current|in use) +[0-9.]+ MiB .* " + LAB));
    }

    @Test
    void whatNobodyHasGoesAndWhatAContainerHasStays() {
        String free = "taplab-debian-cloud-" + UUID.randomUUID();
        DockerEngine docker = DockerEngine.connect(new EngineName.Local());
        try {
            docker.volumes().ensure(free, Map.of("io.github.taplab.disk", free));
            Stock stock = new Stock(GivenSettings.read());
            Item made = stock.on(docker, true).stream()
                    .filter(item -> item.name().equals(free))
                    .findFirst()
                    .orElseThrow();

            // Who has just made it may be about to use it.
            assertThat(made.status()).isEqualTo(Status.IN_USE);
            assertThat(made.since())
                    .hasValueSatisfying(since -> assertThat(Duration.between(since, Instant.now()))
                            .isBetween(Duration.ofMinutes(-5), Duration.ofMinutes(5)));
            assertThat(made.size()).isPresent();
            assertThat(made.parts()).containsExactly(new Item.Part(Place.VOLUME, free));

            ContainerRequest request = ContainerRequest.withoutNetwork(
                    free,
                    LAB,
                    List.of(new VolumeMount(free, "/free", true)),
                    Owner.thisProcess().labels("test"));
            try (LeasedContainer holder = docker.containers().start(request)) {
                holder.awaitReady();
                assertThat(stock.remove(docker, made))
                        .hasValueSatisfying(reason -> assertThat(reason).contains("volume is in use"));
            }
            assertThat(stock.remove(docker, made)).isEqualTo(Optional.empty());
            assertThat(docker.volumes().labels(free)).isEmpty();
        } finally {
            docker.volumes().remove(free);
            docker.close();
        }
    }
}
