package io.github.taplab.internal.docker;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority for one test, and what it signs. */
final class Certificates {

    private static final char[] NO_PASSWORD = {};
    private static final X500Name NAME = new X500Name("CN=authority of a test");
    private static final Duration VALID = Duration.ofHours(1);

    private final KeyPair own;
    private final X509Certificate certificate;
    private int signed = 1;

    Certificates() {
        own = pair("EC");
        certificate = sign(NAME, own);
    }

    static KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize("RSA".equals(algorithm) ? 2048 : 256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(X500Name name, KeyPair pair) {
        try {
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    NAME,
                    BigInteger.valueOf(signed++),
                    Date.from(now.minus(VALID)),
                    Date.from(now.plus(VALID)),
                    name,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(name.equals(NAME)));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(own.getPrivate())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes what a client of the docker command's kind has. */
    void writeTo(Path folder, KeyPair client) throws IOException, GeneralSecurityException {
        writeAuthorityTo(folder);
        Files.writeString(
                folder.resolve("cert.pem"),
                pem("CERTIFICATE", sign(new X500Name("CN=client"), client).getEncoded()));
        Files.writeString(
                folder.resolve("key.pem"),
                pem("PRIVATE KEY", client.getPrivate().getEncoded()));
    }

    void writeAuthorityTo(Path folder) throws IOException, GeneralSecurityException {
        Files.writeString(folder.resolve("ca.pem"), pem("CERTIFICATE", certificate.getEncoded()));
    }

    /** A key of RSA's as OpenSSL wrote it before version 3. */
    static String pkcs1(KeyPair rsa) throws IOException {
        return pem(
                "RSA PRIVATE KEY",
                PrivateKeyInfo.getInstance(rsa.getPrivate().getEncoded())
                        .parsePrivateKey()
                        .toASN1Primitive()
                        .getEncoded());
    }

    static String pem(String kind, byte[] content) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(content));
    }

    /** A server at 127.0.0.1 that this authority vouches for, and which wants the same of its clients. */
    SSLServerSocket server() throws IOException, GeneralSecurityException {
        KeyPair pair = pair("EC");
        KeyStore keys = store();
        keys.setKeyEntry(
                "server", pair.getPrivate(), NO_PASSWORD, new Certificate[] {sign(new X500Name("CN=engine"), pair)});
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(keys, NO_PASSWORD);
        KeyStore authorities = store();
        authorities.setCertificateEntry("authority", certificate);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        return server;
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
