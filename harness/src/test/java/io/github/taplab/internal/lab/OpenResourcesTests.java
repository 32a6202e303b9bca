package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.internal.lab.OpenResources.Step;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenResourcesTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final OpenResources resources = with(Duration.ofSeconds(1));

    private OpenResources with(Duration unit) {
        return new OpenResources(
                new LabName("SomeTests"), (what, why) -> leaks.add(what + ": " + why.getMessage()), unit);
    }

    @Test
    void containersGoBeforeWhatLeadsToThemAndNetworksLast() {
        resources.open(Step.NETWORKS, "network", () -> closing("network"));
        resources.open(Step.CONTAINERS, "launcher", () -> closing("launcher"));
        resources.open(Step.CONNECTIONS, "libvirt", () -> closing("libvirt"));
        resources.open(Step.STARTS, "starts", () -> closing("starts"));

        resources.close();
        resources.close();

        assertThat(seen).containsExactly("starts", "launcher", "libvirt", "network");
        assertThat(leaks).isEmpty();
    }

    @Test
    void containersGoSideBySide() {
        CyclicBarrier all = new CyclicBarrier(3);
        for (String name : List.of("one", "two", "three")) {
            resources.open(Step.CONTAINERS, name, () -> () -> {
                all.await(LONG.toSeconds(), TimeUnit.SECONDS);
                seen.add(name);
            });
        }

        resources.close();

        assertThat(seen).containsExactlyInAnyOrder("one", "two", "three");
        assertThat(leaks).isEmpty();
    }

    @Test
    void whatFailsIsToldAndTheRestGoesOn() {
        resources.open(Step.NETWORKS, "network", () -> closing("network"));
        resources.open(Step.CONTAINERS, "container a-launcher", () -> () -> {
            throw new IllegalStateException("no such thing");
        });

        resources.close();

        assertThat(seen).containsExactly("network");
        assertThat(leaks).containsExactly("container a-launcher of the lab of SomeTests: no such thing");
    }

    @Test
    void whatHangsIsToldAndTheRestGoesOn() {
        CountDownLatch never = new CountDownLatch(1);
        OpenResources hasty = with(Duration.ofMillis(400));
        hasty.open(Step.NETWORKS, "network", () -> closing("network"));
        hasty.open(Step.CONTAINERS, "container a-launcher", () -> never::await);
        hasty.open(Step.CONNECTIONS, "libvirt", () -> never::await);

        long start = System.nanoTime();
        Waiting.call("all is closed", LONG, () -> {
            hasty.close();
            return true;
        });

        assertThat(seen).containsExactly("network");
        assertThat(leaks)
                .containsExactly(
                        "container a-launcher of the lab of SomeTests: it was not closed within 4800 ms of the lab's teardown",
                        "libvirt of the lab of SomeTests: it was not closed within 6000 ms of the lab's teardown");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(6));
        never.countDown();
    }

    /** Of JUnit's @Timeout, or of a second Ctrl-C: the removal goes on. */
    @Test
    void anInterruptEndsNothing() throws Exception {
        CountDownLatch isClosing = new CountDownLatch(1);
        CountDownLatch mayClose = new CountDownLatch(1);
        OpenResources patient = with(Duration.ofSeconds(1));
        patient.open(Step.NETWORKS, "network", () -> closing("network"));
        patient.open(Step.CONTAINERS, "launcher", () -> () -> {
            isClosing.countDown();
            mayClose.await();
            seen.add("launcher, interrupted: " + Thread.currentThread().isInterrupted());
        });
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread closer = new Thread(() -> {
            Thread.currentThread().interrupt();
            patient.close();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        closer.start();
        assertThat(isClosing.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        closer.interrupt();
        mayClose.countDown();

        assertThat(Waiting.joined("it is closed", LONG, interrupted))
                .as("afterwards")
                .isTrue();
        assertThat(seen).containsExactly("launcher, interrupted: false", "network");
        assertThat(leaks).isEmpty();
    }

    /** As the shutdown hook does while JUnit's Store is closing the lab: the JVM ends when the hook returns. */
    @Test
    void whoClosesSecondWaitsForTheFirst() throws Exception {
        CountDownLatch isClosing = new CountDownLatch(1);
        CountDownLatch mayClose = new CountDownLatch(1);
        OpenResources patient = with(Duration.ofSeconds(1));
        patient.open(Step.CONTAINERS, "launcher", () -> () -> {
            isClosing.countDown();
            mayClose.await();
            seen.add("closed");
        });
        CompletableFuture<Void> first = CompletableFuture.runAsync(patient::close, task -> new Thread(task).start());
        assertThat(isClosing.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> second = CompletableFuture.runAsync(
                () -> {
                    patient.close();
                    seen.add("second returns");
                },
                task -> new Thread(task).start());
        // Long enough for it to return, did it not wait.
        assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
        mayClose.countDown();
        Waiting.joined("both have returned", LONG, CompletableFuture.allOf(first, second));

        assertThat(seen).containsExactly("closed", "second returns");
    }

    @Test
    void whatIsOpenedTooLateIsClosedAtOnce() {
        resources.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> resources.open(Step.CONTAINERS, "launcher", () -> closing("launcher")))
                .withMessage("The lab of SomeTests was closed while it started");
        assertThat(seen).containsExactly("launcher");
    }

    private AutoCloseable closing(String name) {
        return () -> seen.add(name);
    }
}
