package io.fabricmirror.testkit.internal.postgres;

import io.fabricmirror.testkit.internal.time.RealTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of this user's own and a server certificate it signed, made by the JDK's keytool and kept. The
 * authority's key is thrown away as soon as it has signed, so nobody can make another certificate with it.
 */
final class Certificates {
    // Azure's own certificate bears the wildcard too; one certificate then fits every server's full name.
    private static final String NAMES = "dns:*.postgres.database.azure.com";
    private static final int DAYS = 365;
    private static final String LAYOUT = "tls-1";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    Path authority() {
        return folder.resolve("ca.crt");
    }

    Path certificate() {
        return folder.resolve("server.crt");
    }

    Path key() {
        return folder.resolve("server.key");
    }

    /** Returns this user's certificates, made by the first who asks and again a month before they end. */
    static Certificates of(UserFolder user) {
        Certificates certificates = new Certificates(user.root().resolve(LAYOUT));
        if (!certificates.fresh()) {
            user.exclusively(() -> {
                if (!certificates.fresh()) {
                    certificates.make(user.root());
                }
                return certificates;
            });
        }
        return certificates;
    }

    private boolean fresh() {
        try {
            return Files.exists(key())
                    && Files.getLastModifiedTime(key())
                            .toInstant()
                            .isAfter(RealTime.now().minus(Duration.ofDays(DAYS - 30)));
        } catch (IOException e) {
            return false;
        }
    }

    private void make(Path root) {
        try {
            Path making = Files.createTempDirectory(root, "making");
            Path store = making.resolve("keys.p12");
            String password = Passwords.random();
            keytool(store, password, "ca", "CN=Local Azure test authority", List.of("-ext", "bc:c"));
            keytool(store, password, "server", "CN=Local PostgreSQL", List.of("-ext", "san=" + NAMES, "-signer", "ca"));

            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, password.toCharArray());
            }
            Files.delete(store);
            pem(making.resolve("ca.crt"), "CERTIFICATE", certificate(keys, "ca").getEncoded());
            pem(
                    making.resolve("server.crt"),
                    "CERTIFICATE",
                    certificate(keys, "server").getEncoded());
            byte[] key = Objects.requireNonNull(keys.getKey("server", password.toCharArray()))
                    .getEncoded();
            pem(making.resolve("server.key"), "PRIVATE KEY", key);
            UserFolder.deleteAll(folder);
            Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make certificates in " + root, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read the certificates that keytool made", e);
        }
    }

    /** Returns what a socket needs to bear the server's certificate, and to trust the authority's. */
    SSLContext context() {
        try (InputStream leaf = Files.newInputStream(certificate());
                InputStream root = Files.newInputStream(authority())) {
            CertificateFactory x509 = CertificateFactory.getInstance("X.509");
            String pem = Files.readString(key(), StandardCharsets.US_ASCII).replaceAll("-----[^-]+-----", "");
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] password = Passwords.random().toCharArray();
            store.setKeyEntry("server", key, password, new Certificate[] {x509.generateCertificate(leaf)});
            store.setCertificateEntry("authority", x509.generateCertificate(root));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read the certificates in " + folder, e);
        }
    }

    private static X509Certificate certificate(KeyStore keys, String alias) throws GeneralSecurityException {
        return (X509Certificate) Objects.requireNonNull(keys.getCertificate(alias), alias);
    }

    private static void keytool(Path store, String password, String alias, String name, List<String> more) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                Integer.toString(DAYS),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "KEYTOOL_PASSWORD"));
        command.addAll(more);
        Commands.run(command, Map.of("KEYTOOL_PASSWORD", password));
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        String text = "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + what + "-----\n";
        Files.writeString(file, text, StandardCharsets.US_ASCII);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }
}
