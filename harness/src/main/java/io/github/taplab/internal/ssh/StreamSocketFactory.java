package io.github.taplab.internal.ssh;

import io.github.taplab.internal.docker.ByteStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Gives sshj, which insists on a socket, a stream to a container. */
final class StreamSocketFactory extends SocketFactory {

    private final ByteStream stream;

    StreamSocketFactory(ByteStream stream) {
        this.stream = stream;
    }

    @Override
    public Socket createSocket() {
        return new StreamSocket(stream);
    }

    @Override
    public Socket createSocket(String host, int port) {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        return createSocket();
    }

    private static final class StreamSocket extends Socket {

        private final ByteStream stream;
        private @Nullable InetAddress remote;

        StreamSocket(ByteStream stream) {
            this.stream = stream;
        }

        @Override
        public void connect(SocketAddress endpoint) {
            remote = ((InetSocketAddress) endpoint).getAddress();
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) {
            connect(endpoint);
        }

        @Override
        public boolean isConnected() {
            return remote != null;
        }

        @Override
        public @Nullable InetAddress getInetAddress() {
            return remote;
        }

        @Override
        public void setSoTimeout(int timeout) {
            // The attempt as a whole has a deadline, at which the stream is closed.
        }

        @Override
        public InputStream getInputStream() {
            return stream.fromProcess();
        }

        @Override
        public OutputStream getOutputStream() {
            return stream.toProcess();
        }

        @Override
        public synchronized void close() {
            stream.close();
        }
    }
}
