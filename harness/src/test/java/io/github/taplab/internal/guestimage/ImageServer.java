package io.github.taplab.internal.guestimage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.taplab.spec.Digest;
import io.github.taplab.spec.Digest.Algorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server on loopback with one image, which answers as it should unless it is told otherwise. */
final class ImageServer implements AutoCloseable {

    static final String WHOLE = "whole";
    static final int SIZE = 256 * 1024;

    /** What the server does with one request. */
    interface Reply {
        void to(HttpExchange request, int first) throws IOException;
    }

    private final byte[] content;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    ImageServer() {
        this(disk(1));
    }

    ImageServer(byte[] content) {
        this.content = content.clone();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A raw disk of {@link #SIZE} bytes, the same for the same seed. */
    static byte[] disk(int seed) {
        byte[] disk = new byte[SIZE];
        new Random(seed).nextBytes(disk);
        Arrays.fill(disk, 0, 16, (byte) 0);
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        return disk;
    }

    static Digest digest(byte[] content, Algorithm algorithm) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm.javaName()).digest(content);
            return Digest.of(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    URI uri() {
        return URI.create(
                "http://127.0.0.1:%d/disk.raw".formatted(server.getAddress().getPort()));
    }

    Wanted wanted() {
        return new Wanted("disk.raw", uri(), digest(content, Algorithm.SHA_256));
    }

    /** The Range of each request so far, or {@link #WHOLE}. */
    List<String> requests() {
        return requests;
    }

    /** How the next requests are answered, each by one of these. */
    ImageServer next(Reply... next) {
        replies.addAll(List.of(next));
        return this;
    }

    Reply asItShould() {
        return (request, first) -> {
            if (first >= content.length) {
                request.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
                request.sendResponseHeaders(416, -1);
            } else {
                send(request, first, content.length);
            }
        };
    }

    /** Promises all and ends the connection at this place. */
    Reply cutAt(int end) {
        return (request, first) -> send(request, first, end);
    }

    /** Sends up to this place and then waits, until the latch is open. */
    Reply stopAt(int place, CountDownLatch latch) {
        return (request, first) -> {
            startSending(request, first);
            request.getResponseBody().write(content, first, place - first);
            request.getResponseBody().flush();
            await(latch);
            request.getResponseBody().write(content, place, content.length - place);
        };
    }

    /** Never says a word. */
    Reply silence() {
        return (request, first) -> await(closing);
    }

    /** Sends up to this place and no further. */
    Reply silenceAt(int place) {
        return stopAt(place, closing);
    }

    Reply withoutRanges() {
        return (request, first) -> send(request, 0, content.length);
    }

    Reply withoutLength() {
        return (request, first) -> {
            request.sendResponseHeaders(200, 0);
            request.getResponseBody().write(content);
        };
    }

    Reply anotherPiece() {
        return (request, first) -> send(request, first + 1, content.length);
    }

    Reply status(int status) {
        return (request, first) -> request.sendResponseHeaders(status, -1);
    }

    Reply redirect(String location) {
        return (request, first) -> {
            request.getResponseHeaders().set("Location", location);
            request.sendResponseHeaders(302, -1);
        };
    }

    private void send(HttpExchange request, int first, int end) throws IOException {
        startSending(request, first);
        request.getResponseBody().write(content, first, end - first);
    }

    private void startSending(HttpExchange request, int first) throws IOException {
        if (first > 0) {
            request.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(first, content.length - 1, content.length));
        }
        request.sendResponseHeaders(first > 0 ? 206 : 200, content.length - first);
    }

    private void await(CountDownLatch latch) {
        try {
            while (!latch.await(10, TimeUnit.MILLISECONDS) && closing.getCount() > 0) {
                // Not yet.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange request) throws IOException {
        String range = request.getRequestHeaders().getFirst("Range");
        requests.add(range == null ? WHOLE : range);
        int first = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        Reply reply = replies.poll();
        try (request) {
            (reply == null ? asItShould() : reply).to(request, first);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
