package io.github.taplab.internal.ssh.tunnel;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.transport.cipher.Cipher;
import net.schmizz.sshj.userauth.UserAuthException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to an SSH server over which any number of channels lead to an engine's socket there. */
final class SshConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SshConnection.class);

    // It may be far away; who is there answers at once.
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration LOGIN = Duration.ofSeconds(15);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    // Nothing is written while the server exchanges new keys; who writes then waits for as long.
    private static final Duration NEW_KEYS = Duration.ofSeconds(30);
    private static final String ALIVE = "keepalive@openssh.com";

    private final SshAddress address;
    private final SSHClient ssh;
    private final Socket socket;
    private final AtomicLong heard = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable String lost;

    private SshConnection(SshAddress address, SSHClient ssh) {
        this.address = address;
        this.ssh = ssh;
        socket = ssh.getSocket();
        ssh.getTransport().setDisconnectListener((reason, message) -> lose(said(message)));
        ssh.getTransport().setTimeoutMs((int) NEW_KEYS.toMillis());
    }

    /**
     * Logs in.
     *
     * @throws TunnelException if that can't be done, with what to do about it
     */
    static SshConnection open(SshAddress address, SshSettings settings) throws TunnelException {
        SSHClient ssh = new SSHClient(config());
        try {
            logIn(ssh, address, settings);
        } catch (TunnelException e) {
            closeQuietly(ssh);
            throw e;
        } catch (IOException e) {
            closeQuietly(ssh);
            throw new TunnelException(words(e), e);
        } catch (RuntimeException | Error e) {
            closeQuietly(ssh);
            throw e;
        }
        SshConnection connection = new SshConnection(address, ssh);
        Thread watch = new Thread(connection::watch, "taplab-ssh-alive: " + address);
        watch.setDaemon(true);
        watch.start();
        return connection;
    }

    private static DefaultConfig config() {
        DefaultConfig config = new DefaultConfig();
        config.setLoggerFactory(QuietLoggers.INSTANCE);
        // sshj prefers ChaCha20, for which OpenSSH exchanges new keys after each GiB, and nothing is written meanwhile.
        config.setCipherFactories(config.getCipherFactories().stream()
                .sorted(Comparator.comparing((Factory.Named<Cipher> cipher) ->
                        !cipher.getName().startsWith("aes") || !cipher.getName().contains("gcm")))
                .toList());
        return config;
    }

    private static void logIn(SSHClient ssh, SshAddress address, SshSettings settings) throws IOException {
        KnownHosts known = new KnownHosts(settings.knownHosts(), address);
        ssh.addHostKeyVerifier(known);
        ssh.setConnectTimeout((int) CONNECT.toMillis());
        ssh.setTimeout((int) LOGIN.toMillis());
        ssh.getTransport().setTimeoutMs((int) LOGIN.toMillis());
        try {
            ssh.connect(address.host(), address.port());
            ssh.getSocket().setTcpNoDelay(true);
        } catch (IOException e) {
            throw new TunnelException(known.problem().orElseGet(() -> words(e)), e);
        }
        LoginKeys keys = new LoginKeys(ssh, settings);
        try {
            ssh.auth(address.user(), keys.methods());
        } catch (UserAuthException e) {
            throw new TunnelException("%s is not let in: %s".formatted(address.user(), keys.refused()), e);
        } catch (IOException e) {
            throw new TunnelException(
                    "%s is not let in (%s): %s".formatted(address.user(), words(e), keys.refused()), e);
        }
    }

    private static String words(IOException failure) {
        Throwable first = failure;
        while (first.getCause() != null && first.getCause() != first) {
            first = first.getCause();
        }
        if (first instanceof UnknownHostException) {
            return "no such host";
        }
        if (first instanceof SocketTimeoutException) {
            return "no answer within %d s".formatted(CONNECT.toSeconds());
        }
        return first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
    }

    private static String said(@Nullable String message) {
        return message == null || message.contains("encountered EOF") ? "the other side has ended it" : message;
    }

    /**
     * Opens a channel to the engine's socket.
     *
     * @throws TunnelException if the other side refuses, with what to do about it
     * @throws IOException if the connection is lost
     */
    EngineChannel channel() throws IOException {
        EngineChannel channel = new EngineChannel(ssh.getConnection(), address.socket(), heard::incrementAndGet);
        try {
            channel.begin();
        } catch (OpenFailException e) {
            throw new TunnelException(
                    "its SSH server opens no connection to %s (%s): an engine has to listen there, %s has to be allowed to use its socket, and sshd_config needs AllowStreamLocalForwarding"
                            .formatted(address.socket(), e.getMessage(), address.user()),
                    e);
        }
        return channel;
    }

    /** Whether channels can be opened. */
    boolean isUp() {
        return lost == null && ssh.getTransport().isRunning();
    }

    /** Why it is lost; empty: it is not, or has been closed. */
    Optional<String> lost() {
        return Optional.ofNullable(lost);
    }

    // The kernel would try for a quarter of an hour.
    private void watch() {
        try {
            while (!closed.await(ASK.toMillis(), TimeUnit.MILLISECONDS) && lost == null) {
                long before = heard.get();
                if (!answers() && heard.get() == before) {
                    lose("nothing is heard of it for %d s".formatted(SILENCE.toSeconds()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // By a thread that can be left: a write waits without end for who takes nothing.
    private boolean answers() {
        try {
            return Waiting.<Boolean, IOException>call("%s gives a sign of life".formatted(address), SILENCE, () -> {
                var answer = ssh.getConnection().sendGlobalRequest(ALIVE, true, new byte[0]);
                return answer.tryRetrieve(SILENCE.toMillis(), TimeUnit.MILLISECONDS) != null;
            });
        } catch (DeadlineExceededException e) {
            return false;
        } catch (IOException refused) {
            // OpenSSH's answer; if the connection is lost instead, that is known.
            return true;
        }
    }

    private void lose(String why) {
        if (closed.getCount() == 0) {
            return;
        }
        if (lost == null) {
            lost = why;
        }
        closeSocket();
    }

    // Also ends a write that the other side does not take.
    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException unused) {
            LOG.trace("The socket to {} did not close", address, unused);
        }
    }

    private static void closeQuietly(SSHClient ssh) {
        try {
            ssh.close();
        } catch (IOException alreadyBroken) {
            // It is to end.
        }
    }

    /** Ends it, and all channels with it. */
    @Override
    public void close() {
        closed.countDown();
        try {
            boolean unused = Waiting.<Boolean, IOException>call("%s is left".formatted(address), FAREWELL, () -> {
                ssh.close();
                return true;
            });
        } catch (IOException | RuntimeException alreadyBroken) {
            // It is to end.
        } finally {
            closeSocket();
        }
    }
}
