package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.MIRROR;
import static io.fabricmirror.fabric.Samples.WORKSPACE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.ProxyOptions;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Real bytes on a real socket, through the HTTP client used unless another is set. */
@Timeout(60)
class SocketTest {
    private static final String STATUS = RawServer.ok("{\"status\":\"Running\"}");

    @Test
    void post_withoutBody_saysSo() throws Exception {
        try (RawServer server = new RawServer((number, socket) -> STATUS)) {
            FabricClient fabric = client(server.uri(), FabricClient.defaultHttpClient());

            fabric.mirroredDatabases().status(WORKSPACE, MIRROR);

            assertThat(server.requests.get(0))
                    .startsWith("POST /v1/workspaces/" + WORKSPACE + "/mirroredDatabases/" + MIRROR
                            + "/getMirroringStatus HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nContent-Length: 0\r\n")
                    .containsIgnoringCase("\r\nAuthorization: Bearer t\r\n");
            assertThat(server.requests.get(0).toLowerCase(Locale.ROOT))
                    .doesNotContain("transfer-encoding", "upgrade", "content-type");
        }
    }

    @Test
    void requests_ofTheDefaultClient_warnAboutNothing() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger("com.azure");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        try (RawServer server = new RawServer((number, socket) -> STATUS)) {
            client(server.uri(), FabricClient.defaultHttpClient())
                    .mirroredDatabases()
                    .status(WORKSPACE, MIRROR);
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("restricted"));
    }

    @Test
    void clients_shareConnections() throws Exception {
        AtomicReference<Integer> port = new AtomicReference<>();
        try (RawServer server = new RawServer((number, socket) -> {
            assertThat(port.getAndSet(socket.getPort())).isIn(null, socket.getPort());
            return STATUS;
        })) {
            for (int i = 0; i < 5; i++) {
                client(server.uri(), FabricClient.defaultHttpClient())
                        .mirroredDatabases()
                        .status(WORKSPACE, MIRROR);
            }
            assertThat(server.requests).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"stat"})
    void read_connectionBroken_isSentAgain(String broken) throws Exception {
        try (RawServer server = new RawServer((number, socket) -> {
            if (number == 1 && !broken.isEmpty()) {
                socket.getOutputStream().write(broken.getBytes(US_ASCII));
            }
            return number == 1 ? "" : STATUS;
        })) {
            MirroringStatus status = client(server.uri(), FabricClient.defaultHttpClient())
                    .mirroredDatabases()
                    .status(WORKSPACE, MIRROR);

            assertThat(status.state()).isEqualTo(MirroringState.RUNNING);
            assertThat(server.requests).hasSize(2);
        }
    }

    @Test
    void create_connectionBroken_isUnknownAndSentOnce() throws Exception {
        try (RawServer server = new RawServer((number, socket) -> "")) {
            FabricClient fabric = client(server.uri(), FabricClient.defaultHttpClient());

            assertThatThrownBy(() ->
                            fabric.connections().create(Samples.connection().build()))
                    .isInstanceOf(FabricOutcomeUnknownException.class);
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void create_nobodyListens_isNotUnknown() throws Exception {
        URI nowhere;
        try (ServerSocket socket = new ServerSocket(0)) {
            nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        assertThatThrownBy(() -> client(nowhere, FabricClient.defaultHttpClient())
                        .connections()
                        .create(Samples.connection().build()))
                .isExactlyInstanceOf(FabricException.class)
                .hasMessageContaining("Client.NoAnswer: no answer, ConnectException");
    }

    @Test
    void read_answerTooLate_isAnErrorWithinTheLimit() throws Exception {
        try (RawServer server = new RawServer((number, socket) -> {
            Thread.sleep(20_000);
            return STATUS;
        })) {
            FabricClient fabric =
                    client(server.uri(), FabricClient.defaultHttpClient()).within(Duration.ofMillis(700));

            long began = System.nanoTime();
            assertThatThrownBy(() -> fabric.mirroredDatabases().status(WORKSPACE, MIRROR))
                    .isExactlyInstanceOf(FabricException.class)
                    .hasMessageContaining("Client.NoAnswer: no answer, HttpTimeoutException");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isBetween(500L, 5_000L);
        }
    }

    @Test
    void read_bodyNeverEnds_isAnErrorWithinTheLimit() throws Exception {
        try (RawServer server = new RawServer((number, socket) -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{".getBytes(US_ASCII));
            socket.getOutputStream().flush();
            Thread.sleep(20_000);
            return "";
        })) {
            FabricClient fabric =
                    client(server.uri(), FabricClient.defaultHttpClient()).within(Duration.ofMillis(700));

            assertThatThrownBy(() -> fabric.mirroredDatabases().status(WORKSPACE, MIRROR))
                    .hasMessageContaining("Client.NoAnswer: no answer, HttpTimeoutException");
        }
    }

    @Test
    void read_bodyTooLong_isGivenUp() throws Exception {
        String chunk = "100000\r\n" + " ".repeat(0x100000) + "\r\n";
        try (RawServer server = new RawServer((number, socket) -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII));
            for (int i = 0; i < 1_000; i++) {
                socket.getOutputStream().write(chunk.getBytes(US_ASCII));
            }
            return "";
        })) {
            FabricClient fabric = client(server.uri(), FabricClient.defaultHttpClient());

            assertThatThrownBy(() ->
                            fabric.connections().create(Samples.connection().build()))
                    .isInstanceOf(FabricOutcomeUnknownException.class)
                    .hasRootCauseMessage("the answer is longer than 67108864 bytes");
        }
    }

    @Test
    void interrupt_whileTheServiceThinks_stopsAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        try (RawServer server = new RawServer((number, socket) -> {
            asked.countDown();
            Thread.sleep(30_000);
            return STATUS;
        })) {
            FabricClient fabric = client(server.uri(), FabricClient.defaultHttpClient());
            Thread caller = new Thread(() -> {
                thrown.set(catchThrowable(() -> fabric.mirroredDatabases().start(WORKSPACE, MIRROR)));
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            caller.join(5_000);

            assertThat(caller.isAlive()).isFalse();
            assertThat(thrown.get())
                    .isInstanceOf(FabricOutcomeUnknownException.class)
                    .hasMessageContaining("Client.Interrupted");
            assertThat(flag.get()).isTrue();
        }
    }

    /** A redirect names another host, which must not see the token. */
    @ParameterizedTest
    @ValueSource(strings = {"301 Moved", "302 Found", "307 Again", "308 For good"})
    void redirect_isNotFollowed(String status) throws Exception {
        try (RawServer elsewhere = new RawServer((number, socket) -> STATUS);
                RawServer server = new RawServer((number, socket) -> "HTTP/1.1 " + status + "\r\nLocation: "
                        + elsewhere.uri() + "/v1/x\r\nContent-Length: 0\r\n\r\n")) {
            FabricClient fabric = client(server.uri(), FabricClient.defaultHttpClient());

            assertThatThrownBy(() -> fabric.mirroredDatabases().status(WORKSPACE, MIRROR))
                    .isExactlyInstanceOf(FabricException.class)
                    .hasMessageContaining(status.substring(0, 3) + " Client.HttpError")
                    .hasMessageContaining("proxy");
            assertThat(server.requests).hasSize(1);
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    void proxy_ofTheSystemProperties_isAskedForATunnel() throws Exception {
        try (RawServer proxy = new RawServer(
                (number, socket) -> "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
            System.setProperty("https.proxyHost", proxy.uri().getHost());
            System.setProperty("https.proxyPort", String.valueOf(proxy.uri().getPort()));
            try {
                assertThatThrownBy(() -> throughProxy(FabricClient.defaultHttpClient()))
                        .isInstanceOf(FabricException.class);
            } finally {
                System.clearProperty("https.proxyHost");
                System.clearProperty("https.proxyPort");
            }

            tunnelWithoutToken(proxy);
        }
    }

    @Test
    void proxy_ofAnotherHttpClient_isAskedForATunnel() throws Exception {
        try (RawServer proxy = new RawServer(
                (number, socket) -> "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
            HttpClient own = new JdkHttpClientBuilder()
                    .proxy(new ProxyOptions(
                            ProxyOptions.Type.HTTP,
                            new InetSocketAddress(
                                    proxy.uri().getHost(), proxy.uri().getPort())))
                    .build();

            assertThatThrownBy(() -> throughProxy(own)).isInstanceOf(FabricException.class);

            tunnelWithoutToken(proxy);
        }
    }

    private static void throughProxy(HttpClient carrier) {
        FabricClient.builder(request -> Mono.just(
                        new AccessToken("t", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))))
                .httpClient(carrier)
                .limits(FabricLimits.builder().attempts(1).build())
                .build()
                .workspaces()
                .list();
    }

    private static void tunnelWithoutToken(RawServer proxy) {
        assertThat(proxy.requests)
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request)
                        .startsWith("CONNECT api.fabric.microsoft.com:443 HTTP/1.1\r\n")
                        .doesNotContainIgnoringCase("authorization: bearer"));
    }

    @Test
    void anyHttpClient_willDo() throws Exception {
        HttpClient own = new JdkHttpClientBuilder().build();
        try (RawServer server = new RawServer((number, socket) -> STATUS)) {
            HttpClient tagging = new Tagging(own);

            client(server.uri(), tagging).mirroredDatabases().status(WORKSPACE, MIRROR);

            assertThat(server.requests.get(0)).containsIgnoringCase("X-Proxy: corp");
        }
    }

    private record Tagging(HttpClient carrier) implements HttpClient {
        @Override
        public com.azure.core.http.HttpResponse sendSync(
                com.azure.core.http.HttpRequest request, com.azure.core.util.Context context) {
            HttpHeaders headers = request.getHeaders().set(HttpHeaderName.fromString("X-Proxy"), "corp");
            headers.remove(HttpHeaderName.CONTENT_LENGTH);
            return carrier.sendSync(request, context);
        }

        @Override
        public Mono<com.azure.core.http.HttpResponse> send(com.azure.core.http.HttpRequest request) {
            return carrier.send(request);
        }
    }

    private static FabricClient client(URI server, HttpClient carrier) {
        return FabricClient.builder(request -> Mono.just(
                        new AccessToken("t", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))))
                .httpClient(new Redirect(carrier, server))
                .limits(FabricLimits.builder()
                        .attempts(3)
                        .firstDelay(Duration.ofMillis(1))
                        .build())
                .build();
    }
}
