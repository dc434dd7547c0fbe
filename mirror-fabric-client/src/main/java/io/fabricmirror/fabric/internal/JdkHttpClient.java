package io.fabricmirror.fabric.internal;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The JDK's HTTP client, made at its first use and then shared. Thread-safe.
 *
 * <p>Azure's own adapter of it is not used: it warns at each request that has a length, sends the body in chunks if kept from that,
 * and waits without a limit for the rest of an answer. Looking for an adapter on the class path would give another client to each
 * application.
 */
public enum JdkHttpClient implements HttpClient {
    /** The only one. */
    SHARED;

    /** The longest answer that is read. */
    static final int LARGEST_BODY = 64 << 20;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);
    private static final Set<String> SET_BY_THE_JDK =
            Set.of("connection", "content-length", "expect", "host", "upgrade");

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return Mono.fromCallable(() -> sendSync(request, context));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        Duration limit = context.getData(Attempt.ANSWER_LIMIT)
                .filter(Duration.class::isInstance)
                .map(Duration.class::cast)
                .orElse(ANSWER_LIMIT);
        Instant end = SystemClock.INSTANCE.now().plus(limit);
        try {
            // send() and not sendAsync(), which goes through the common pool; its limit ends with the headers, so the
            // rest of
            // the answer has a limit of its own.
            java.net.http.HttpResponse<PulledBody> answer =
                    Holder.JDK.send(jdkRequest(request, limit), head -> new PulledBody());
            byte[] body = answer.body().take(() -> Duration.between(SystemClock.INSTANCE.now(), end), LARGEST_BODY);
            return new JdkHttpResponse(request, answer.statusCode(), answer.headers(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static java.net.http.HttpRequest jdkRequest(HttpRequest request, Duration limit) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(
                        URI.create(request.getUrl().toString()))
                .timeout(limit)
                .method(request.getHttpMethod().toString(), body(request.getBodyAsBinaryData()));
        request.getHeaders().forEach(header -> {
            if (!SET_BY_THE_JDK.contains(header.getName().toLowerCase(Locale.ROOT))) {
                header.getValuesList().forEach(value -> builder.header(header.getName(), value));
            }
        });
        return builder.build();
    }

    private static BodyPublisher body(@Nullable BinaryData body) {
        return body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.toBytes());
    }

    private static final class Holder {
        // HTTP/1.1: an attempt to upgrade costs a round trip, and Fabric's answers are small and one at a time.
        static final java.net.http.HttpClient JDK = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }
}
