package io.github.taplab.internal.ssh.tunnel;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/**
 * The process that holds this user's keys and signs with them (draft-ietf-sshm-ssh-agent). sshj has no client for it.
 */
final class KeyAgent {

    private static final byte REQUEST_IDENTITIES = 11;
    private static final byte IDENTITIES_ANSWER = 12;
    private static final byte SIGN_REQUEST = 13;
    private static final byte SIGN_RESPONSE = 14;
    // OpenSSH's agent takes and gives no more.
    private static final int LONGEST = 256 * 1024;

    private final Path socket;

    KeyAgent(Path socket) {
        this.socket = socket;
    }

    /** The public keys of those that it holds, as the protocol writes them. */
    List<byte[]> keys() throws IOException {
        Buffer.PlainBuffer answer = ask(new Buffer.PlainBuffer().putByte(REQUEST_IDENTITIES), IDENTITIES_ANSWER);
        List<byte[]> keys = new ArrayList<>();
        for (long left = answer.readUInt32(); left > 0; left--) {
            keys.add(answer.readBytes());
            String unusedComment = answer.readString();
        }
        return keys;
    }

    /**
     * Signs, perhaps after its user has said yes.
     *
     * @param key public
     * @param flags which of the signatures that this kind of key can make
     * @return the signature with its algorithm, as the protocol writes it
     */
    byte[] sign(byte[] key, byte[] data, int flags) throws IOException {
        return ask(
                        new Buffer.PlainBuffer()
                                .putByte(SIGN_REQUEST)
                                .putString(key)
                                .putString(data)
                                .putUInt32(flags),
                        SIGN_RESPONSE)
                .readBytes();
    }

    private Buffer.PlainBuffer ask(Buffer<Buffer.PlainBuffer> question, byte wanted) throws IOException {
        try (SocketChannel agent = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer request = ByteBuffer.wrap(new Buffer.PlainBuffer()
                    .putString(question.getCompactData())
                    .getCompactData());
            while (request.hasRemaining()) {
                agent.write(request);
            }
            int length = read(agent, Integer.BYTES).getInt();
            if (length < 1 || length > LONGEST) {
                throw new IOException("it answered with %d bytes".formatted(length));
            }
            Buffer.PlainBuffer answer =
                    new Buffer.PlainBuffer(read(agent, length).array());
            byte kind = answer.readByte();
            if (kind != wanted) {
                throw new IOException("it refused");
            }
            return answer;
        }
    }

    private static ByteBuffer read(SocketChannel agent, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (agent.read(bytes) < 0) {
                throw new EOFException("it has hung up");
            }
        }
        return bytes.flip();
    }
}
