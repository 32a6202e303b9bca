package io.github.taplab.internal.ssh.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** What travels through a tunnel to a real SSH server, and what becomes of it when that goes. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class SshTunnelTests {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private Sshd sshd(String... options) {
        Sshd sshd = Sshd.start(folder, options);
        open.add(0, sshd);
        return sshd;
    }

    private SshTunnel tunnel(Sshd sshd, SocketServer.Serving serving) throws IOException {
        SocketServer server = new SocketServer(folder.resolve("engine"), serving);
        open.add(0, server);
        SshTunnel tunnel = sshd.tunnel(server.path());
        open.add(0, tunnel);
        return tunnel;
    }

    private SocketChannel connect(SshTunnel tunnel) throws IOException {
        SocketChannel connection = SocketServer.connect(tunnel.path());
        open.add(0, connection);
        return connection;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static byte[] noise(int seed, int length) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private interface Work<T> {
        T done() throws IOException;
    }

    private static <T> CompletableFuture<T> beside(Work<T> work) {
        return Beside.begin("tunnel-test", () -> {
                    try {
                        return work.done();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .result();
    }

    @Test
    void whoHasSaidAllIsAnswered() throws IOException {
        SshTunnel tunnel = tunnel(
                sshd(),
                connection -> SocketServer.write(
                        connection, bytes(new String(SocketServer.read(connection, MIB), UTF_8) + "!")));
        SocketChannel client = connect(tunnel);

        SocketServer.write(client, bytes("all"));
        client.shutdownOutput();

        assertThat(new String(SocketServer.read(client, MIB), UTF_8)).isEqualTo("all!");
    }

    @Test
    void whoAnswersNothingMoreIsStillTold() throws IOException {
        CompletableFuture<String> told = new CompletableFuture<>();
        SshTunnel tunnel = tunnel(sshd(), connection -> {
            SocketServer.write(connection, bytes("enough"));
            connection.shutdownOutput();
            String text = new String(SocketServer.read(connection, MIB), UTF_8);
            // The tunnel's own look at the socket says nothing.
            if (!text.isEmpty()) {
                told.complete(text);
            }
        });
        SocketChannel client = connect(tunnel);

        assertThat(new String(SocketServer.read(client, MIB), UTF_8)).isEqualTo("enough");
        SocketServer.write(client, bytes("and one more"));
        client.close();

        assertThat(Waiting.joined("it is told", SOON, told)).isEqualTo("and one more");
    }

    /** As shells, of which a server has few, they would be refused: {@code MaxSessions} is none of theirs. */
    @Test
    void hundredStreamsAtATime() throws IOException {
        SshTunnel tunnel = tunnel(sshd("MaxSessions 1"), SocketServer::echo);
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(connect(tunnel));
        }
        for (int i = 0; i < clients.size(); i++) {
            SocketServer.write(clients.get(i), bytes("stream %02d".formatted(i)));
        }
        for (int i = 0; i < clients.size(); i++) {
            assertThat(new String(SocketServer.read(clients.get(i), 9), UTF_8)).isEqualTo("stream %02d".formatted(i));
        }
    }

    @Test
    void oneThatNobodyReadsHoldsUpNoOther() throws IOException {
        byte[] flood = noise(1, 24 * MIB);
        CountDownLatch gate = new CountDownLatch(1);
        SshTunnel tunnel = tunnel(sshd(), connection -> {
            // The tunnel's own look at the socket says nothing.
            String kind = new String(SocketServer.read(connection, 1), UTF_8);
            if (kind.equals("f")) {
                SocketServer.write(connection, ByteBuffer.wrap(flood));
            } else if (kind.equals("d")) {
                Waiting.joined("the gate opens", SOON.multipliedBy(3), beside(() -> opened(gate)));
                SocketServer.write(connection, bytes(Integer.toString(SocketServer.read(connection, 32 * MIB).length)));
            } else {
                SocketServer.echo(connection);
            }
        });
        SocketChannel flooded = connect(tunnel);
        SocketServer.write(flooded, bytes("f"));
        SocketChannel deaf = connect(tunnel);
        SocketServer.write(deaf, bytes("d"));
        CompletableFuture<Boolean> said = beside(() -> {
            SocketServer.write(deaf, ByteBuffer.wrap(flood));
            deaf.shutdownOutput();
            return true;
        });
        SocketChannel other = connect(tunnel);
        SocketServer.write(other, bytes("e"));

        for (int i = 0; i < 200; i++) {
            SocketServer.write(other, bytes("question"));
            assertThat(new String(SocketServer.read(other, 8), UTF_8)).isEqualTo("question");
        }
        assertThat(said).isNotDone();
        gate.countDown();

        assertThat(SocketServer.read(flooded, 32 * MIB)).isEqualTo(flood);
        assertThat(Waiting.joined("all is said", SOON, said)).isTrue();
        assertThat(new String(SocketServer.read(deaf, MIB), UTF_8)).isEqualTo(Integer.toString(flood.length));
    }

    private static boolean opened(CountDownLatch gate) {
        try {
            gate.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void newKeysAreExchangedUnderLoad() throws IOException {
        Sshd sshd = sshd("RekeyLimit 1M", "LogLevel DEBUG1");
        SshTunnel tunnel = tunnel(sshd, SocketServer::echo);
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SocketChannel client = connect(tunnel);
            byte[] all = noise(i, 4 * MIB);
            var unused = beside(() -> {
                SocketServer.write(client, ByteBuffer.wrap(all));
                client.shutdownOutput();
                return true;
            });
            answers.add(beside(() -> SocketServer.read(client, 6 * MIB)));
        }

        for (int i = 0; i < answers.size(); i++) {
            byte[] answer = joined(answers.get(i), tunnel, sshd);
            // Not the arrays themselves: nobody reads those.
            assertThat(answer).hasSize(4 * MIB);
            assertThat(Arrays.mismatch(answer, noise(i, 4 * MIB))).isEqualTo(-1);
        }
        assertThat(sshd.log().split("rekeying in progress|SSH2_MSG_NEWKEYS received", -1))
                .hasSizeGreaterThan(10);
        assertThat(tunnel.trouble()).isEmpty();
    }

    /** A stream that breaks does not know why. */
    private static byte[] joined(CompletableFuture<byte[]> answer, SshTunnel tunnel, Sshd sshd) {
        try {
            return Waiting.joined("all is answered", Duration.ofSeconds(90), answer);
        } catch (RuntimeException e) {
            throw new AssertionError("%s%n%s".formatted(tunnel.trouble(), sshd.log()), e);
        }
    }

    /** A stream over which something has come back. */
    private SocketChannel talking(SshTunnel tunnel) throws IOException {
        SocketChannel client = connect(tunnel);
        SocketServer.write(client, bytes("a"));
        assertThat(SocketServer.read(client, 1)).hasSize(1);
        return client;
    }

    private static void assertThatItEnds(SocketChannel client, Duration longest) {
        CompletableFuture<Integer> rest = beside(() -> SocketServer.read(client, MIB).length);
        boolean unused = Waiting.joined("the stream ends", longest, rest.handle((read, failure) -> true));
    }

    @Test
    void streamsEndWithTheirConnectionAndTheNextOneMakesANewOne() throws IOException {
        Sshd sshd = sshd();
        SshTunnel tunnel = tunnel(sshd, SocketServer::echo);
        SocketChannel client = talking(tunnel);

        sshd.cut();

        assertThatItEnds(client, SOON);
        assertThat(tunnel.trouble())
                .hasValueSatisfying(words -> assertThat(words)
                        .startsWith("the SSH connection to %s@127.0.0.1:%d is lost: "
                                .formatted(System.getProperty("user.name"), sshd.port())));
        SocketChannel next = connect(tunnel);
        SocketServer.write(next, bytes("b"));
        assertThat(new String(SocketServer.read(next, 1), UTF_8)).isEqualTo("b");
        assertThat(tunnel.trouble()).isEmpty();
    }

    @Test
    void whereNoNewOneCanBeMadeItSaysWhy() throws IOException {
        Sshd sshd = sshd();
        SshTunnel tunnel = tunnel(sshd, SocketServer::echo);
        SocketChannel client = talking(tunnel);

        sshd.close();

        assertThatItEnds(client, SOON);
        assertThatItEnds(connect(tunnel), SOON);
        assertThat(tunnel.trouble())
                .contains("there is no SSH connection to %s@127.0.0.1:%d any more: Connection refused"
                        .formatted(System.getProperty("user.name"), sshd.port()));
    }

    /**
     * Nothing breaks it, and the kernel would ask for a quarter of an hour; one of the two streams can't be written.
     */
    @Test
    void oneThatFallsSilentIsNoticed() throws IOException {
        Sshd sshd = sshd();
        SshTunnel tunnel = tunnel(sshd, SocketServer::echo);
        SocketChannel client = talking(tunnel);

        sshd.fallSilent();
        SocketChannel writer = connect(tunnel);
        var unused = beside(() -> {
            SocketServer.write(writer, ByteBuffer.allocate(64 * MIB));
            return true;
        });

        assertThatItEnds(client, Duration.ofSeconds(30));
        assertThat(tunnel.trouble())
                .hasValueSatisfying(words -> assertThat(words).endsWith("nothing is heard of it for 15 s"));
    }

    @Test
    void nobodyElseMayOpenTheSocketAndNothingIsLeft() throws IOException {
        Sshd sshd = sshd();
        SshTunnel tunnel = tunnel(sshd, SocketServer::echo);
        Path directory = Objects.requireNonNull(tunnel.path().getParent());
        SocketChannel client = talking(tunnel);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");

        assertThat(threads(sshd))
                .anyMatch(name -> name.startsWith("taplab-ssh"))
                .anyMatch(name -> name.startsWith("sshj-"));

        tunnel.close();

        assertThat(directory).doesNotExist();
        assertThatItEnds(client, SOON);
        Waiting.until("its threads end", SOON, () -> threads(sshd), List::isEmpty);
    }

    // Other tests have tunnels too, to servers of their own.
    private static List<String> threads(Sshd sshd) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(":" + sshd.port()))
                .toList();
    }
}
