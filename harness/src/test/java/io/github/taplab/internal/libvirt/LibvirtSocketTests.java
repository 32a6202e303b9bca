package io.github.taplab.internal.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LibvirtSocketTests {

    /** libvirt's library would wait for the daemon's first word without end; and the next one is let in again. */
    @Test
    @Timeout(20)
    void whereTheWayToLibvirtdCanNotBeOpenedTheClientSeesTheEndAtOnce() throws IOException {
        try (LibvirtSocket socket = new LibvirtSocket(() -> {
            throw new IllegalStateException("Container launcher can't start a process, it may have ended: gone");
        })) {
            for (int again = 0; again < 2; again++) {
                try (SocketChannel client = SocketChannel.open(
                        UnixDomainSocketAddress.of(socket.uri().replaceFirst(".*socket=", "")))) {
                    assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                }
            }
            assertThat(socket.failure()).contains("Container launcher can't start a process, it may have ended: gone");
        }
    }
}
