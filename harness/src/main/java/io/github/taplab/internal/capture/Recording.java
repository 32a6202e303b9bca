package io.github.taplab.internal.capture;

import io.github.taplab.capture.Frame;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.docker.ByteStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** tcpdump while it runs: the frames that have arrived from it, and how it has ended. */
final class Recording {

    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration END = Duration.ofSeconds(5);
    private static final String BANNER = "listening on ";
    private static final int MOST_WORDS = 4000;

    private final String place;
    private final CaptureProcess process;
    private final Monitor monitor = new Monitor();
    private final WholenessProof proof = new WholenessProof(monitor, new Proved());
    private final List<Frame> frames = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private boolean begun;
    private boolean closing;
    private boolean ended;
    private @Nullable String flaw;

    private Recording(String place, ByteStream stream) {
        this.place = place;
        process = new CaptureProcess(stream, new Told());
    }

    /** Reads what the process writes; recording has begun when this returns. */
    static Recording begin(String place, ByteStream stream) {
        Recording recording = new Recording(place, stream);
        Thread reader = new Thread(recording::read, "taplab-capture");
        reader.setDaemon(true);
        reader.start();
        recording.awaitBegin();
        return recording;
    }

    private void awaitBegin() {
        try {
            monitor.holding(() -> {
                if (!monitor.come(() -> begun || ended, System.nanoTime() + START.toNanos())) {
                    process.end();
                    throw new DeadlineExceededException("tcpdump on %s does not record: nothing came within %d s"
                            .formatted(place, START.toSeconds()));
                }
                if (!begun) {
                    throw new IllegalStateException("tcpdump on %s does not record: %s".formatted(place, flaw));
                }
            });
        } catch (InterruptedException e) {
            process.end();
            throw new InterruptedWaitException("tcpdump on %s records".formatted(place), e);
        }
    }

    private void read() {
        try (process;
                DataInputStream in = new DataInputStream(process)) {
            PcapReader pcap = new PcapReader(in, this::isMarker);
            monitor.change(() -> begun = true);
            while (true) {
                Frame frame = pcap.next();
                monitor.change(() -> frames.add(frame));
            }
        } catch (EOFException e) {
            String said = process.lastWords();
            ended("the stream of tcpdump's output broke off%s".formatted(said.isEmpty() ? "" : ": " + said));
        } catch (IOException e) {
            ended("what tcpdump wrote can't be read: " + e.getMessage());
        }
    }

    private boolean isMarker(ByteBuffer octets) {
        Optional<Marker> marker = Marker.in(octets);
        marker.ifPresent(proof::recorded);
        return marker.isPresent();
    }

    private void ended(String how) {
        monitor.change(() -> {
            ended = true;
            if (!closing && flaw == null) {
                flaw = how;
            }
        });
    }

    /** What the process says beside the packets. */
    private final class Told implements CaptureProcess.Listener {

        @Override
        public void marked(boolean carrier) {
            proof.sent(carrier);
        }

        @Override
        public void unmarked(String reason) {
            proof.notSent(reason);
        }

        @Override
        public void said(String line) {
            Optional<PacketLoss> loss = PacketLoss.in(line);
            if (loss.isPresent()) {
                proof.counted(loss.get());
            } else if (!line.contains(BANNER) && !PacketLoss.isCounter(line) && words.length() < MOST_WORDS) {
                words.append(line).append('\n');
            }
        }

        @Override
        public void ended(String how) {
            String said = words.toString().strip();
            Recording.this.ended("tcpdump ended %s and said %s".formatted(how, said.isEmpty() ? "nothing" : said));
        }
    }

    /** What is proved of it. */
    private final class Proved implements WholenessProof.Subject {

        @Override
        public void mark(Marker marker) {
            process.mark(marker);
        }

        @Override
        public void count() {
            process.count();
        }

        @Override
        public boolean hasEnded() {
            return ended;
        }

        @Override
        public @Nullable String flaw() {
            return flaw;
        }
    }

    /** Returns when all that has passed until now is among the frames. */
    void prove(Duration deadline) throws NotWholeException, InterruptedException {
        proof.prove(deadline);
    }

    List<Frame> frames() {
        return monitor.look(() -> List.copyOf(frames));
    }

    Frame frame(int index) {
        return monitor.look(() -> frames.get(index));
    }

    /** Waits for a frame; also false when it is there, but the time is up. */
    boolean isThere(int index, long until) throws InterruptedException {
        return monitor.come(() -> index < frames.size() || ended, until)
                && monitor.look(() -> index < frames.size())
                && System.nanoTime() - until < 0;
    }

    /**
     * Ends it in order. The process ends by itself, so nobody has to wait for it; the next lab is just quieter then.
     *
     * @param missed why it is not whole
     */
    void end(@Nullable String missed) throws InterruptedException {
        monitor.change(() -> {
            flaw = flaw == null ? missed : flaw;
            closing = true;
            process.end();
        });
        boolean unused = monitor.come(() -> ended, System.nanoTime() + END.toNanos());
    }
}
