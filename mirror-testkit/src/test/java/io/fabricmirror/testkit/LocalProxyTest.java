package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabricmirror.testkit.internal.time.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** The way in for programs that know nothing of this JVM. */
class LocalProxyTest {
    @Test
    void request_throughTheProxy_reachesTheHostItNames() throws Exception {
        try (LocalAzure azure = LocalAzure.start()) {
            HttpClient client = client(azure.proxy());

            HttpResponse<String> fabric = get(client, "https://api.fabric.microsoft.com/v1/workspaces");
            assertThat(fabric.statusCode()).isEqualTo(401);
            assertThat(fabric.body()).contains("requestId");
            assertThat(get(client, "https://kv-main.vault.azure.net/secrets/s?api-version=7.5")
                            .headers()
                            .firstValue("www-authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).contains(azure.tenantId()));
            assertThat(azure.calls())
                    .extracting(RecordedCall::host)
                    .containsExactly("api.fabric.microsoft.com", "kv-main.vault.azure.net");
        }
    }

    @Test
    void request_forAnotherHost_isRefused() throws Exception {
        try (LocalAzure azure = LocalAzure.start()) {
            HttpClient client = client(azure.proxy());

            assertThatThrownBy(() -> get(client, "https://example.org/")).isInstanceOf(IOException.class);
            assertThat(azure.calls()).isEmpty();
        }
    }

    @Test
    void close_endsTheProxysProcess() throws Exception {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        LocalAzure azure = LocalAzure.start();
        int port = URI.create(azure.proxy().url()).getPort();
        List<ProcessHandle> started = ProcessHandle.current()
                .children()
                .filter(process -> !before.contains(process))
                .toList();
        assertThat(started).isNotEmpty();

        azure.close();

        assertThat(Waiting.until(() -> started.stream().noneMatch(ProcessHandle::isAlive), Duration.ofSeconds(10)))
                .as("processes end")
                .isTrue();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    private static HttpResponse<String> get(HttpClient client, String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private static HttpClient client(LocalProxy proxy) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(proxy.authority())) {
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        URI url = URI.create(proxy.url());
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .proxy(ProxySelector.of(new InetSocketAddress(url.getHost(), url.getPort())))
                .build();
    }
}
