package io.github.taplab.internal.ssh.tunnel;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/** A log-in with a key that an agent holds (RFC 4252, 7): the key is shown, and signed with if it would do. */
final class AgentLogin extends AbstractAuthMethod {

    private static final String RSA = "ssh-rsa";
    // RSA keys sign with SHA-1 otherwise, which servers refuse since OpenSSH 8.8.
    private static final String RSA_SIGNATURE = "rsa-sha2-512";
    private static final int RSA_SIGNATURE_FLAG = 4;

    private final KeyAgent agent;
    private final byte[] key;
    private final String algorithm;

    /**
     * A log-in.
     *
     * @param key public
     * @throws IOException if it is none
     */
    AgentLogin(KeyAgent agent, byte[] key) throws IOException {
        super("publickey");
        this.agent = agent;
        this.key = key;
        String kind = new Buffer.PlainBuffer(key).readString();
        algorithm = kind.equals(RSA) ? RSA_SIGNATURE : kind;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return request(false);
    }

    private SSHPacket request(boolean signed) throws UserAuthException {
        return super.buildReq().putBoolean(signed).putString(algorithm).putString(key);
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException, TransportException {
        // SSH_MSG_USERAUTH_PK_OK
        if (message != Message.USERAUTH_60) {
            super.handle(message, packet);
            return;
        }
        SSHPacket request = request(true);
        byte[] data = new Buffer.PlainBuffer()
                .putString(params.getTransport().getSessionID())
                .putBuffer(request)
                .getCompactData();
        byte[] signature;
        try {
            signature = agent.sign(key, data, algorithm.equals(RSA_SIGNATURE) ? RSA_SIGNATURE_FLAG : 0);
        } catch (IOException e) {
            throw new UserAuthException("The agent does not sign: " + e.getMessage(), e);
        }
        params.getTransport().write(request.putString(signature));
    }
}
