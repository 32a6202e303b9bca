package io.github.taplab.internal.docker;

import com.github.dockerjava.transport.SSLConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What an engine behind TLS is known by, and what it is shown: {@code ca.pem}, {@code cert.pem} and {@code key.pem} in
 * one folder, as the docker command has them. Each may be missing: without the first an engine has to be known to the
 * JDK, without the others it is shown nothing.
 */
final class ClientCertificates implements SSLConfig {

    private static final char[] NO_PASSWORD = {};

    private final Path folder;

    ClientCertificates(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if one can't be read, with its name
     */
    @Override
    public SSLContext getSSLContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            shown.init(own(), NO_PASSWORD);
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(authorities());
            context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "The certificates in %s can't be used: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private KeyStore own() throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        if (Files.exists(certificate) || Files.exists(key)) {
            PrivateKey secret = PemKey.read(key);
            store.setKeyEntry(
                    "own", secret, NO_PASSWORD, certificates(certificate).toArray(Certificate[]::new));
        }
        return store;
    }

    /** Nothing: the JDK's own. */
    private @Nullable KeyStore authorities() throws GeneralSecurityException, IOException {
        Path file = folder.resolve("ca.pem");
        if (!Files.exists(file)) {
            return null;
        }
        KeyStore store = empty();
        for (Certificate authority : certificates(file)) {
            store.setCertificateEntry("ca-" + store.size(), authority);
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws GeneralSecurityException, IOException {
        try (InputStream content = Files.newInputStream(file)) {
            Collection<? extends Certificate> read =
                    CertificateFactory.getInstance("X.509").generateCertificates(content);
            if (read.isEmpty()) {
                throw new CertificateException(file + " has no certificate");
            }
            return read;
        }
    }
}
