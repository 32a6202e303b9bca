package io.github.taplab.internal.docker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * What an engine answers to a question that its client does not know. It is asked in HTTP 1.0, where the answer ends
 * with the connection.
 *
 * @param status of HTTP
 * @param body all of it
 */
record HttpAnswer(int status, String body) {

    private static final String END_OF_HEAD = "\r\n\r\n";

    /**
     * Posts JSON.
     *
     * @param place of the engine, {@code unix://…} or {@code tcp://…} without TLS
     */
    static HttpAnswer toPost(URI place, String path, String json) throws IOException {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        String head = "POST %s HTTP/1.0\r\nHost: engine\r\nContent-Type: application/json\r\nContent-Length: %d%s"
                .formatted(path, content.length, END_OF_HEAD);
        try (SocketChannel connection = SocketChannel.open(address(place))) {
            for (ByteBuffer part :
                    new ByteBuffer[] {StandardCharsets.US_ASCII.encode(head), ByteBuffer.wrap(content)}) {
                while (part.hasRemaining()) {
                    connection.write(part);
                }
            }
            return of(new String(Channels.newInputStream(connection).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static SocketAddress address(URI place) {
        return place.getScheme().equals("unix")
                ? UnixDomainSocketAddress.of(place.getPath())
                : new InetSocketAddress(place.getHost(), place.getPort());
    }

    /** Reads an answer. */
    static HttpAnswer of(String text) throws IOException {
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0 || !text.matches("(?s)HTTP/1\\.[01] \\d{3}\\b.*")) {
            throw new IOException("no answer in HTTP: " + text);
        }
        int status = Integer.parseInt(text.substring("HTTP/1.x ".length(), "HTTP/1.x 200".length()));
        return new HttpAnswer(status, text.substring(end + END_OF_HEAD.length()));
    }
}
