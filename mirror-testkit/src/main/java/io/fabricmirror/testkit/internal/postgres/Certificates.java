package io.fabricmirror.testkit.internal.postgres;

import io.fabricmirror.testkit.internal.time.RealTime;
import io.fabricmirror.testkit.internal.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of this user's own and a server certificate it signed, made by the JDK's keytool and kept. The
 * authority's key is thrown away as soon as it has signed, so nobody can make another certificate with it.
 */
public final class Certificates {
    /** The names it is good for. */
    public static final List<String> HOSTS = List.of(
            "*.postgres.database.azure.com",
            "api.fabric.microsoft.com",
            "api.powerbi.com",
            "*.analysis.windows.net",
            "login.microsoftonline.com",
            "login.windows.net",
            "sts.windows.net",
            "management.azure.com",
            "*.vault.azure.net");

    private static final int DAYS = 365;
    private static final String LAYOUT = "tls-2";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** Returns the authority's certificate. */
    public Path authority() {
        return folder.resolve("ca.crt");
    }

    /** Returns the certificate that it signed. */
    public Path certificate() {
        return folder.resolve("server.crt");
    }

    /** Returns that certificate's key. */
    public Path key() {
        return folder.resolve("server.key");
    }

    /** Returns the certificates of the user who runs this JVM. */
    public static Certificates ofThisUser() {
        return of(UserFolder.ofThisUser());
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
            keytool(
                    store,
                    password,
                    "ca",
                    "CN=Local Azure test authority",
                    List.of("-ext", "bc:c", "-ext", "ku:c=keyCertSign,cRLSign"));
            keytool(
                    store,
                    password,
                    "server",
                    "CN=Local PostgreSQL",
                    List.of("-ext", "san=dns:" + String.join(",dns:", HOSTS), "-signer", "ca"));

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

    /** Returns what a socket needs to bear the certificate, and to trust the authority's. */
    SSLContext context() {
        return Tls.context(certificate(), key(), authority());
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
