package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JdkHttpClientTest {
    private static final HttpHeaderName NAME = HttpHeaderName.fromString("X-Name");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final JdkHttpClient client = new JdkHttpClient();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        log.start();
        root.addAppender(log);
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void nothingIsLogged() throws IOException {
        server.close();
        root.detachAppender(log);
        assertThat(log.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Test
    void sendSync_withBody_bodyGoesInOnePieceAndAnswerCanBeReadTwice() throws Exception {
        CompletableFuture<String> received =
                answerOnce("HTTP/1.1 409 Conflict\r\nX-Name: v\r\nContent-Length: 2\r\n\r\n{}");
        HttpRequest request =
                new HttpRequest(HttpMethod.PUT, url()).setBody("{\"a\":1}").setHeader(NAME, "w");

        try (HttpResponse response = client.sendSync(request, Context.NONE)) {
            assertThat(response.getStatusCode()).isEqualTo(409);
            assertThat(response.getHeaderValue(NAME)).isEqualTo("v");
            assertThat(response.getBodyAsString().block()).isEqualTo("{}");
            assertThat(response.getBodyAsBinaryData().toString()).isEqualTo("{}");
            assertThat(response.getRequest()).isSameAs(request);
        }

        assertThat(received.get().toLowerCase(Locale.ROOT))
                .startsWith("put / http/1.1\r\n")
                .contains("\r\ncontent-length: 7\r\n", "\r\nx-name: w\r\n")
                .doesNotContain("transfer-encoding", "upgrade");
    }

    @Test
    void send_postWithEmptyBody_saysSo() throws Exception {
        CompletableFuture<String> received = answerOnce("HTTP/1.1 204 No Content\r\n\r\n");

        client.send(new HttpRequest(HttpMethod.POST, url()).setBody(new byte[0]))
                .block();

        assertThat(received.get().toLowerCase(Locale.ROOT))
                .contains("\r\ncontent-length: 0\r\n")
                .doesNotContain("transfer-encoding");
    }

    @Test
    void sendSync_bodyStalls_endsAtTheLimit() throws Exception {
        CompletableFuture<String> received = answerOnce("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        Context limit = new Context("azure-response-timeout", Duration.ofMillis(900));

        assertThatThrownBy(() -> client.sendSync(new HttpRequest(HttpMethod.GET, url()), limit))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(HttpTimeoutException.class);
        assertThat(received.get()).startsWith("GET /");
    }

    @Test
    void sendSync_nobodyListens_isAConnectException() throws IOException {
        String url = url();
        server.close();

        assertThatThrownBy(() -> client.sendSync(new HttpRequest(HttpMethod.GET, url), Context.NONE))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void sendSync_interrupted_keepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> client.sendSync(new HttpRequest(HttpMethod.GET, url()), Context.NONE))
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    /** Reads one request, sends the answer and leaves the connection open. */
    private CompletableFuture<String> answerOnce(String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Socket socket = server.accept();
                byte[] request = new byte[4096];
                StringBuilder text = new StringBuilder();
                InputStream in = socket.getInputStream();
                socket.setSoTimeout(200);
                try {
                    for (int n = in.read(request); n > 0; n = in.read(request)) {
                        text.append(new String(request, 0, n, StandardCharsets.UTF_8));
                    }
                } catch (SocketTimeoutException e) {
                    // The request is complete.
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                return text.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
