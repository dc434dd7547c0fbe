package io.fabricmirror.testkit;

import io.fabricmirror.testkit.internal.postgres.Certificates;
import io.fabricmirror.testkit.internal.proxy.ProxyProcess;
import java.nio.file.Path;
import java.util.Map;

/**
 * The way into a local Azure for programs that are not Java: a proxy on the loopback interface that answers for the hosts of
 * Azure over TLS and refuses every other. It runs in a process of its own and ends with the local Azure. Nothing on the
 * machine is changed: a program is pointed at it by environment variables of its own. Thread-safe.
 */
public final class LocalProxy {
    private final ProxyProcess process;
    private final Certificates certificates;

    LocalProxy(ProxyProcess process, Certificates certificates) {
        this.process = process;
        this.certificates = certificates;
    }

    /**
     * Returns the proxy's URL.
     *
     * @return for instance {@code http://127.0.0.1:41873}
     */
    public String url() {
        return "http://127.0.0.1:" + process.port();
    }

    /**
     * Returns the certificate of the authority that signed the hosts' certificate.
     *
     * @return a PEM file
     */
    public Path authority() {
        return certificates.authority();
    }

    /**
     * Returns the environment that points a program at the proxy, for the many that read {@code HTTPS_PROXY} and take their
     * authorities from a file: everything built on Python's requests, on curl or on OpenSSL's defaults.
     *
     * @return variables to add to the program's own environment
     */
    public Map<String, String> environment() {
        String authority = authority().toString();
        return Map.of(
                "HTTPS_PROXY",
                url(),
                "https_proxy",
                url(),
                "NO_PROXY",
                "",
                "no_proxy",
                "",
                "REQUESTS_CA_BUNDLE",
                authority,
                "CURL_CA_BUNDLE",
                authority,
                "SSL_CERT_FILE",
                authority);
    }
}
