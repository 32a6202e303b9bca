package io.github.taplab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields.
class CuttingProxyTests {

    @TempDir
    Path folder;

    private ServerSocketChannel engine;
    private CuttingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        engine.bind(UnixDomainSocketAddress.of(folder.resolve("engine")));
        proxy = new CuttingProxy(folder.resolve("proxy"), folder.resolve("engine"));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        engine.close();
    }

    private SocketChannel connected() throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        client.connect(UnixDomainSocketAddress.of(folder.resolve("proxy")));
        return client;
    }

    private static void write(SocketChannel to, String text) throws IOException {
        to.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String read(SocketChannel from) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        try {
            int count = from.read(buffer);
            return count < 0 ? "end" : new String(buffer.array(), 0, count, StandardCharsets.US_ASCII);
        } catch (SocketException reset) {
            // What the proxy had not read when it was closed.
            return "end";
        }
    }

    @Test
    void cutsTheLeaseOfOneContainerAndLeavesTheRest() throws IOException {
        try (SocketChannel lease = connected();
                SocketChannel leaseThere = engine.accept();
                SocketChannel other = connected();
                SocketChannel otherThere = engine.accept()) {
            String request = "POST /v1.41/containers/abc/attach?stdin=true HTTP/1.1\r\n";
            write(lease, request);
            assertThat(read(leaseThere)).isEqualTo(request);
            write(other, "GET /_ping HTTP/1.1\r\n");
            assertThat(read(otherThere)).startsWith("GET");

            assertThat(proxy.cutLease("xyz")).isFalse();
            assertThat(proxy.cutLease("abc")).isTrue();

            assertThat(read(lease)).isEqualTo("end");
            assertThat(read(leaseThere)).isEqualTo("end");
            write(otherThere, "OK");
            assertThat(read(other)).isEqualTo("OK");
        }
    }

    @Test
    void isGoneBeforeAContainerStartsThatItWasToldOf() throws IOException {
        proxy.closeBeforeStartOf("-b");
        try (SocketChannel client = connected();
                SocketChannel there = engine.accept()) {
            for (String handedOn : new String[] {"create?name=lab-a", "a1/start", "create?name=lab-b"}) {
                String request = "POST /v1.41/containers/%s HTTP/1.1\r\n".formatted(handedOn);
                write(client, request);
                assertThat(read(there)).isEqualTo(request);
            }

            write(client, "POST /v1.41/containers/b1/start HTTP/1.1\r\n");

            assertThat(read(there)).isEqualTo("end");
            assertThat(read(client)).isEqualTo("end");
        }
    }

    @Test
    void silentItHandsNothingOnAndClosedItEndsAll() throws IOException {
        try (SocketChannel client = connected();
                SocketChannel there = engine.accept()) {
            proxy.fallSilent();
            write(client, "GET /_ping HTTP/1.1\r\n");
            there.configureBlocking(false);
            assertThat(there.read(ByteBuffer.allocate(1))).isZero();

            proxy.close();

            assertThat(read(client)).isEqualTo("end");
            there.configureBlocking(true);
            assertThat(read(there)).isEqualTo("end");
        }
    }

    @Test
    void endOfOneSideIsHandedOn() throws IOException {
        try (SocketChannel client = connected();
                SocketChannel there = engine.accept()) {
            client.shutdownOutput();
            assertThat(read(there)).isEqualTo("end");
            write(there, "still here");
            assertThat(read(client)).isEqualTo("still here");
        }
    }
}
