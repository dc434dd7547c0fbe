package io.fabricmirror.fabric.internal;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.fabricmirror.fabric.FabricClock;
import io.fabricmirror.fabric.FabricEndpoint;
import io.fabricmirror.fabric.FabricError;
import io.fabricmirror.fabric.FabricErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a request once and says what came of it. */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger("io.fabricmirror.fabric");
    /** Where azure-core and its HTTP clients look for the limit of one attempt. */
    static final String ANSWER_LIMIT = "azure-response-timeout";

    private final HttpPipeline pipeline;
    private final FabricEndpoint endpoint;
    private final FabricClock clock;
    private final String userAgent;

    Attempt(HttpPipeline pipeline, FabricEndpoint endpoint, FabricClock clock, String userAgent) {
        this.pipeline = pipeline;
        this.endpoint = endpoint;
        this.clock = clock;
        this.userAgent = userAgent;
    }

    /** Returns an answer below 300; throws {@link Failure} for all else. */
    Answer once(FabricRequest request, Duration limit) {
        Answer answer;
        Instant began = clock.now();
        try (HttpResponse response =
                pipeline.sendSync(http(request), new Context(ANSWER_LIMIT, atLeastOneMilli(limit)))) {
            answer = new Answer(response.getStatusCode(), response.getHeaders(), body(response));
        } catch (IOException | RuntimeException e) {
            throw failure(request, e);
        }

        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{} {} -> {} in {} ms, request {}",
                    request.method(),
                    request.path(),
                    answer.status(),
                    Duration.between(began, clock.now()).toMillis(),
                    answer.requestId());
        }
        if (answer.status() >= 200 && answer.status() < 300) {
            return answer;
        }
        FabricError error = ErrorReader.read(answer, new Redaction(request.secretTexts()));
        throw Failure.answered(request.effect(), answer.status(), error, answer.retryAfter(clock.now()));
    }

    private HttpRequest http(FabricRequest request) {
        UUID workspace = request.workspace();
        URI base = workspace == null ? endpoint.base() : endpoint.baseFor(workspace);
        HttpRequest http = new HttpRequest(request.method(), url(base + request.pathAndQuery()));
        http.setHeader(HttpHeaderName.USER_AGENT, userAgent);
        http.setHeader(HttpHeaderName.ACCEPT, "application/json");
        if (request.body() != null) {
            http.setBody(Json.write(request.body()));
            http.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json; charset=utf-8");
        } else if (request.method() == HttpMethod.POST) {
            // The service wants Content-Length: 0 on a POST without a body, neither chunked nor absent.
            http.setBody(new byte[0]);
        }
        return http;
    }

    private static Duration atLeastOneMilli(Duration limit) {
        return limit.toMillis() < 1 ? Duration.ofMillis(1) : limit;
    }

    private static URL url(String text) {
        try {
            return URI.create(text).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] body(HttpResponse response) throws IOException {
        try (InputStream stream = response.getBodyAsInputStreamSync()) {
            if (stream == null) {
                return new byte[0];
            }
            if (stream instanceof ByteArrayInputStream) {
                return stream.readAllBytes();
            }
            byte[] bytes = stream.readNBytes(JdkHttpClient.LARGEST_BODY + 1);
            if (bytes.length > JdkHttpClient.LARGEST_BODY) {
                throw new IOException("the answer is longer than " + JdkHttpClient.LARGEST_BODY + " bytes");
            }
            return bytes;
        }
    }

    private static Failure failure(FabricRequest request, Exception thrown) {
        boolean change = request.effect() != Effect.READ;
        if (thrown instanceof TokenPolicy.NoToken || has(thrown, TokenPolicy.NoToken.class)) {
            return interrupted(thrown)
                    ? Failure.interrupted(false, thrown)
                    : Failure.notSent(FabricErrorCode.NO_TOKEN, "the credential gave no token", thrown);
        }
        if (interrupted(thrown)) {
            return Failure.interrupted(change, thrown);
        }

        boolean sent = !(has(thrown, ConnectException.class)
                || has(thrown, UnknownHostException.class)
                || has(thrown, NoRouteToHostException.class)
                || has(thrown, HttpConnectTimeoutException.class)
                || has(thrown, SSLHandshakeException.class));
        boolean repeatable = !sent || request.effect() != Effect.CREATE;
        FabricError error = FabricError.of(FabricErrorCode.NO_ANSWER, "no answer, " + cause(thrown));
        return new Failure(0, error, sent && change, repeatable, null, thrown);
    }

    /** Whether the thread was interrupted; if so, its flag is set again, which some clients clear. */
    private static boolean interrupted(Throwable thrown) {
        boolean found = Thread.currentThread().isInterrupted() || has(thrown, InterruptedException.class);
        if (found) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        return find(thrown, type) != null;
    }

    private static @Nullable Throwable find(Throwable thrown, Class<? extends Throwable> type) {
        Throwable one = thrown;
        for (int depth = 0; one != null && depth < 20; depth++) {
            if (type.isInstance(one)) {
                return one;
            }
            one = one.getCause();
        }
        return null;
    }

    private static String cause(Throwable thrown) {
        Throwable io = find(thrown, IOException.class);
        Throwable named = io == null ? thrown : io;
        return named.getClass().getSimpleName();
    }
}
