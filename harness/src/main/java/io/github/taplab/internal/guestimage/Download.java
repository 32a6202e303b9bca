package io.github.taplab.internal.guestimage;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Pace;
import io.github.taplab.internal.wait.Interruption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** One image on its way from its server into the cache's part; what is there of it from before is not fetched again. */
final class Download {

    private final Wanted image;
    private final Path part;
    private final CacheFolder folder;
    private final Limits limits;
    private final Consumer<String> progress;
    private final HttpClient client;
    private final long start = System.nanoTime();
    private boolean continued;
    private OptionalLong total = OptionalLong.empty();

    Download(Wanted image, CacheFolder folder, Limits limits, Consumer<String> progress) {
        this.image = image;
        this.part = folder.part(image.digest());
        this.folder = folder;
        this.limits = limits;
        this.progress = progress;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connect())
                // Mirrors; never from https to http.
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /**
     * Fetches all that is missing.
     *
     * @return whether the part has bytes of more than one connection, which need not belong together
     * @throws LabUnavailableException if the network or the disk does not let it; what arrived is kept if it was the
     *     network
     * @throws WrongImageException if the server does not have it
     */
    boolean run() {
        for (int attempt = 1; ; attempt++) {
            try {
                attempt();
                return continued;
            } catch (BrokenOffException e) {
                if (attempt >= limits.attempts() || isOver()) {
                    throw new LabUnavailableException(
                            "%s can't be fetched: %s; %s of it are there after attempt %d, the next run goes on from there"
                                    .formatted(image, e.getMessage(), far(), attempt),
                            e);
                }
                progress.accept("%s broke off at %s: %s; going on".formatted(image.name(), far(), e.getMessage()));
            } catch (InterruptedException e) {
                throw Interruption.during("%s is fetched".formatted(image), e);
            }
        }
    }

    private void attempt() throws BrokenOffException, InterruptedException {
        long there = there();
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(there);
        Answer answer = Answer.of(response.statusCode(), response.headers());
        try (Body body = new Body(response.body())) {
            switch (answer.kind()) {
                case WHOLE -> receive(body, 0, answer.total());
                case REST -> receiveRest(body, there, answer);
                case NOTHING_MORE -> {
                    if (answer.total().orElse(-1) != there) {
                        startAgain("the server has less of it");
                    }
                    continued = true;
                }
                case BUSY -> throw new BrokenOffException("the server answers " + response.statusCode());
                case REFUSAL ->
                    throw new WrongImageException(
                            "%s can't be fetched: %s".formatted(image, answer.words(response.headers())));
            }
        }
    }

    private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(long there)
            throws BrokenOffException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(image.uri()).timeout(limits.silence());
        if (there > 0) {
            request.header("Range", "bytes=%d-".formatted(there));
        }
        try {
            return client.send(request.build(), BodyHandlers.ofPublisher());
        } catch (IOException e) {
            throw new BrokenOffException(Answer.words(e), e);
        }
    }

    private void receiveRest(Body body, long there, Answer answer) throws BrokenOffException, InterruptedException {
        if (answer.first() != there) {
            startAgain("the server sent another piece");
        }
        continued = there > 0;
        receive(body, there, answer.total());
    }

    private void startAgain(String why) throws BrokenOffException {
        delete();
        throw new BrokenOffException(why);
    }

    private void receive(Body body, long first, OptionalLong whole) throws BrokenOffException, InterruptedException {
        total = whole;
        long received = first;
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.truncate(first);
            out.position(first);
            checkRoom(first);
            progress.accept(beginning(first));
            Signs signs = new Signs(first, whole, new Pace(), progress);
            for (Optional<List<ByteBuffer>> piece = body.next(limits.silence());
                    piece.isPresent();
                    piece = body.next(limits.silence())) {
                for (ByteBuffer buffer : piece.get()) {
                    while (buffer.hasRemaining()) {
                        received += out.write(buffer);
                    }
                }
                checkLimit(received);
                if (isOver()) {
                    throw new BrokenOffException(
                            "not within %d s".formatted(limits.whole().toSeconds()));
                }
                signs.tell(received);
            }
            out.force(true);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            throw notWritten(e, first);
        }
        if (received < whole.orElse(0)) {
            throw new BrokenOffException("the connection ended early");
        }
    }

    private String beginning(long first) {
        String size = total.isPresent() ? " (%s)".formatted(new ByteSize(total.getAsLong())) : "";
        return first == 0
                ? "fetching %s%s from %s, once".formatted(image.name(), size, image.uri())
                : "fetching %s%s from %s, %s are there".formatted(image.name(), size, image.uri(), new ByteSize(first));
    }

    private void checkRoom(long first) throws IOException {
        long size = total.orElse(0);
        checkLimit(size);
        folder.makeRoom(image.digest(), size, progress);
        ByteSize missing = new ByteSize(size - first);
        ByteSize free = folder.free();
        if (missing.compareTo(free) > 0) {
            delete();
            throw new LabUnavailableException(
                    "%s does not fit on the disk: it needs %s, and %s are free in %s; taplab.cache names another folder"
                            .formatted(image, missing, free, part.getParent()));
        }
    }

    private void checkLimit(long size) {
        if (size > folder.limit().bytes()) {
            delete();
            throw new LabUnavailableException("%s has %s%s, which taplab.cache.size = %s does not let in"
                    .formatted(image, total.isPresent() ? "" : "at least ", new ByteSize(size), folder.limit()));
        }
    }

    private LabUnavailableException notWritten(IOException e, long first) {
        String free;
        try {
            free = folder.free().toString();
        } catch (IOException unknown) {
            e.addSuppressed(unknown);
            free = "an unknown amount";
        }
        delete();
        String needs = total.isPresent() ? "it needs %s, and ".formatted(new ByteSize(total.getAsLong() - first)) : "";
        return new LabUnavailableException(
                "%s can't be written: %s; %s%s are free in %s, nothing of it is kept"
                        .formatted(image, e.getMessage(), needs, free, part.getParent()),
                e);
    }

    private boolean isOver() {
        return Duration.ofNanos(System.nanoTime() - start).compareTo(limits.whole()) > 0;
    }

    private String far() {
        String there = new ByteSize(there()).toString();
        return total.isPresent() ? "%s of %s".formatted(there, new ByteSize(total.getAsLong())) : there;
    }

    private long there() {
        try {
            return Files.exists(part) ? Files.size(part) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
