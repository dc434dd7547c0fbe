package io.fabricmirror.testkit.internal.http;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Carries requests to production URLs over real HTTP to the loopback server. It sits below every policy of a pipeline, so
 * that bearer and challenge code runs unchanged; only the socket goes elsewhere.
 */
public final class LoopbackHttpClient implements HttpClient {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    // java.net.http sets these itself and refuses to have them set.
    private static final Set<String> SET_BY_TRANSPORT =
            Set.of("content-length", "host", "connection", "expect", "upgrade");

    private final java.net.http.HttpClient transport = java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Gate gate;
    private final int port;

    /** Carries to a port of 127.0.0.1 what is meant for a host that the gate serves. */
    public LoopbackHttpClient(Gate gate, int port) {
        this.gate = gate;
        this.port = port;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return Mono.fromCallable(() -> sendSync(request, context)).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        try {
            var response = transport.send(redirected(request, context), BodyHandlers.ofByteArray());
            HttpHeaders headers = new HttpHeaders();
            response.headers()
                    .map()
                    .forEach((name, values) -> headers.set(HttpHeaderName.fromString(name), String.join(",", values)));
            return new ReceivedResponse(request, response.statusCode(), headers, response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for an answer");
            interrupted.initCause(e);
            throw new UncheckedIOException(interrupted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private java.net.http.HttpRequest redirected(HttpRequest request, Context context) throws IOException {
        String host = request.getUrl().getHost();
        if (!gate.serves(host)) {
            throw new UnknownHostException(host + " is no host of the local Azure");
        }

        BinaryData body = request.getBodyAsBinaryData();
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.toBytes());
        var copy = java.net.http.HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + request.getUrl().getFile()))
                .method(request.getHttpMethod().toString(), publisher)
                .timeout(timeout(context))
                .header(LoopbackServer.ORIGINAL_HOST, host);
        request.getHeaders().stream()
                .filter(header -> !SET_BY_TRANSPORT.contains(header.getName().toLowerCase(Locale.ROOT)))
                .forEach(header -> header.getValuesList().forEach(value -> copy.header(header.getName(), value)));
        return copy.build();
    }

    private static Duration timeout(Context context) {
        return context.getData("azure-response-timeout")
                .filter(Duration.class::isInstance)
                .map(Duration.class::cast)
                .orElse(LIMIT);
    }
}
