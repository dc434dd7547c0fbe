package io.fabricmirror.core.internal.sql;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.postgresql.core.SocketFactoryFactory;
import org.postgresql.util.PSQLException;

/**
 * Looks at the certificates a server shows, after they were not trusted, to say what they are. Nothing is sent but the wish for TLS:
 * the look trusts none of them and ends with the handshake.
 */
final class ServerCertificates {
    private static final byte[] TLS_WANTED = {0, 0, 0, 8, 4, (byte) 210, 22, 47};
    private static final int MILLISECONDS =
            Math.toIntExact(Duration.ofSeconds(10).toMillis());
    private static final int DNS_NAME = 2;

    private ServerCertificates() {}

    /** Returns what the certificates of a server say, or empty text if they cannot be seen. */
    static String describe(String host, int port, Properties driver) {
        List<X509Certificate> shown = new ArrayList<>();
        Properties asTheDriver = new Properties();
        asTheDriver.putAll(driver);
        // The driver tells a socket factory these two, which it has read from the URL.
        asTheDriver.setProperty("PGHOST", host);
        asTheDriver.setProperty("PGPORT", String.valueOf(port));
        try (Socket plain = SocketFactoryFactory.getSocketFactory(asTheDriver).createSocket()) {
            if (!plain.isConnected()) {
                plain.connect(new InetSocketAddress(host, port), MILLISECONDS);
            }
            plain.setSoTimeout(MILLISECONDS);
            plain.getOutputStream().write(TLS_WANTED);
            if (plain.getInputStream().read() == 'S') {
                handshake(plain, host, port, shown);
            }
        } catch (IOException | PSQLException | GeneralSecurityException e) {
            // The handshake fails on purpose; what was shown until then is all that is wanted.
        }
        return shown.stream().map(ServerCertificates::text).collect(Collectors.joining("; "));
    }

    private static void handshake(Socket plain, String host, int port, List<X509Certificate> shown)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Onlooker(shown)}, null);
        SSLSocketFactory factory = context.getSocketFactory();
        try (SSLSocket tls = (SSLSocket) factory.createSocket(plain, host, port, false)) {
            tls.startHandshake();
        }
    }

    private static String text(X509Certificate certificate) {
        return "the certificate of " + certificate.getSubjectX500Principal() + names(certificate) + " was issued by "
                + certificate.getIssuerX500Principal() + ", good from "
                + certificate.getNotBefore().toInstant() + " to "
                + certificate.getNotAfter().toInstant();
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? ""
                    : names.stream()
                            .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .collect(Collectors.joining(", ", " (", ")"));
        } catch (CertificateParsingException e) {
            return "";
        }
    }

    /** Takes down what is shown and refuses it. */
    private static final class Onlooker extends X509ExtendedTrustManager {
        private final List<X509Certificate> shown;

        Onlooker(List<X509Certificate> shown) {
            this.shown = shown;
        }

        private void look(X509Certificate[] chain) throws CertificateException {
            shown.addAll(List.of(chain));
            throw new CertificateException("only looked at");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            look(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            look(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            look(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            look(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            look(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            look(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
