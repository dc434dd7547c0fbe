package io.fabricmirror.fabric;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The far end of the wire: answers in the order given, and keeps what was sent. Its clock skips every wait and keeps it. */
final class Wire implements HttpClient, FabricClock {
    final List<Sent> sent = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    private boolean interruptNextPause;
    private Runnable onSend = () -> {};
    private @Nullable Reply always;
    private final Deque<Reply> replies = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-29T08:43:07Z");

    record Sent(String method, String host, String pathAndQuery, HttpHeaders headers, String body) {
        String line() {
            return method + " " + pathAndQuery;
        }
    }

    @FunctionalInterface
    interface Reply {
        HttpResponse to(HttpRequest request) throws IOException;
    }

    FabricClient.Builder builder() {
        TokenCredential credential = request -> Mono.just(
                new AccessToken("token-1", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        return FabricClient.builder(credential).httpClient(this).clock(this);
    }

    FabricClient client() {
        return builder().build();
    }

    Wire answer(int status, String body, String... headers) {
        return answerBytes(status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Wire answerBytes(int status, byte[] body, String... headers) {
        replies.add(request -> response(request, status, body, headers));
        return this;
    }

    Wire breakDown(IOException e) {
        replies.add(request -> {
            throw e;
        });
        return this;
    }

    Wire reply(Reply reply) {
        replies.add(reply);
        return this;
    }

    /** Gives this answer to whatever is asked. */
    void always(Reply reply) {
        always = reply;
    }

    /** Forgets everything but the time. */
    void reset() {
        sent.clear();
        pauses.clear();
        replies.clear();
    }

    void interruptNextPause() {
        interruptNextPause = true;
    }

    /** Lets somebody know of each request. */
    void onSend(Runnable event) {
        onSend = event;
    }

    void setBack(Duration duration) {
        now = now.minus(duration);
    }

    List<String> lines() {
        return sent.stream().map(Sent::line).toList();
    }

    @Override
    public synchronized HttpResponse sendSync(HttpRequest request, Context context) {
        onSend.run();
        BinaryData body = request.getBodyAsBinaryData();
        sent.add(new Sent(
                request.getHttpMethod().toString(),
                request.getUrl().getHost(),
                request.getUrl().getFile(),
                new HttpHeaders(request.getHeaders()),
                body == null ? "" : body.toString()));
        if (replies.isEmpty() && always == null) {
            throw new AssertionError("No answer is prepared for " + lines());
        }
        try {
            return (always == null ? replies.remove() : always).to(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized void pause(Duration duration) throws InterruptedException {
        if (Thread.interrupted() || interruptNextPause) {
            throw new InterruptedException();
        }
        pauses.add(duration);
        now = now.plus(duration);
    }

    /** An answer whose body never ends. */
    static HttpResponse endless(HttpRequest request, int status) {
        return response(request, status, new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return length;
            }
        });
    }

    static HttpResponse response(HttpRequest request, int status, byte[] body, String... headers) {
        return response(request, status, new ByteArrayInputStream(body), headers);
    }

    private static HttpResponse response(HttpRequest request, int status, InputStream body, String... headers) {
        HttpHeaders all = new HttpHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.set(HttpHeaderName.fromString(headers[i]), headers[i + 1]);
        }
        return new HttpResponse(request) {
            @Override
            public int getStatusCode() {
                return status;
            }

            @Override
            @Deprecated
            @SuppressWarnings("InlineMeSuggester")
            public String getHeaderValue(String name) {
                return all.getValue(HttpHeaderName.fromString(name));
            }

            @Override
            public HttpHeaders getHeaders() {
                return all;
            }

            @Override
            public Flux<ByteBuffer> getBody() {
                throw new UnsupportedOperationException("the client reads the stream");
            }

            @Override
            public Mono<byte[]> getBodyAsByteArray() {
                throw new UnsupportedOperationException("the client reads the stream");
            }

            @Override
            public Mono<String> getBodyAsString() {
                throw new UnsupportedOperationException("the client reads the stream");
            }

            @Override
            public Mono<String> getBodyAsString(Charset charset) {
                throw new UnsupportedOperationException("the client reads the stream");
            }

            @Override
            public InputStream getBodyAsInputStreamSync() {
                return body;
            }
        };
    }
}
