package io.github.taplab.internal.capture;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.internal.docker.ByteStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** tcpdump in a container, whose packets arrive here as they are recorded. */
public final class TcpdumpCapture implements Capture {

    private final String place;
    private final ByteStream stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Frame> frames = new ArrayList<>();
    private boolean recording;
    private boolean ended;
    private @Nullable IOException broken;

    private TcpdumpCapture(String place, ByteStream stream) {
        this.place = place;
        this.stream = stream;
    }

    /** Starts to record; recording has begun when this returns. */
    public static Capture start(String node, String link, String filter, Function<List<String>, ByteStream> opener) {
        ByteStream stream = opener.apply(argv(link, filter));
        TcpdumpCapture capture = new TcpdumpCapture(link + " on " + node, stream);
        Thread reader = new Thread(capture::read, "taplab-capture");
        reader.setDaemon(true);
        reader.start();
        capture.awaitRecording();
        return capture;
    }

    // -p: promiscuous mode would make an interface take in frames that it drops otherwise, and so change what is
    // observed.
    // -U and immediate mode: each packet at once. The file's header is written when the socket listens: its arrival
    // says that recording
    // began.
    static List<String> argv(String link, String filter) {
        return List.of("tcpdump", "-p", "-U", "--immediate-mode", "-n", "-s", "256", "-i", link, "-w", "-", filter);
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(stream.fromProcess()))) {
            PcapReader pcap = new PcapReader(in);
            update(() -> recording = true);
            while (true) {
                Frame frame = pcap.next();
                update(() -> frames.add(frame));
            }
        } catch (EOFException e) {
            update(() -> ended = true);
        } catch (IOException e) {
            update(() -> {
                ended = true;
                broken = e;
            });
        }
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitRecording() {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(10);
            while (!recording && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (!recording) {
                throw new IllegalStateException(
                        "tcpdump on %s does not record: %s"
                                .formatted(place, stream.stderr().strip()),
                        broken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a capture started", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Frame> frames() {
        lock.lock();
        try {
            return List.copyOf(frames);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Frame await(String what, Predicate<Frame> wanted, Duration deadline) {
        lock.lock();
        try {
            long left = deadline.toNanos();
            for (int next = 0; ; next++) {
                while (next >= frames.size() && !ended && left > 0) {
                    left = changed.awaitNanos(left);
                }
                if (next >= frames.size()) {
                    throw new AssertionError("No frame on %s within %d ms: %s%nseen instead:%n%s"
                            .formatted(place, deadline.toMillis(), what, listed()));
                }
                if (wanted.test(frames.get(next))) {
                    return frames.get(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a frame: " + what, e);
        } finally {
            lock.unlock();
        }
    }

    private String listed() {
        return frames.isEmpty()
                ? "  nothing"
                : frames.stream().map(frame -> "  " + frame).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        stream.close();
    }
}
