package io.fabricmirror.core.internal.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gives prepared answers, in order, below the real libraries; for what only a hostile network does. */
final class ScriptedHttp implements HttpClient {
    static final TokenCredential CREDENTIAL =
            request -> Mono.just(new AccessToken("token", OffsetDateTime.of(2100, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)));

    final List<String> requests = new ArrayList<>();
    private final Deque<Object> script = new ArrayDeque<>();

    ScriptedHttp answer(int status, String body, String... headers) {
        HttpHeaders all = new HttpHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.set(HttpHeaderName.fromString(headers[i]), headers[i + 1]);
        }
        script.add(new Prepared(status, body, all));
        return this;
    }

    ScriptedHttp fail(IOException failure) {
        script.add(failure);
        return this;
    }

    boolean isEmpty() {
        return script.isEmpty();
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> next(request));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        try {
            return next(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse next(HttpRequest request) throws IOException {
        BinaryData body = request.getBodyAsBinaryData();
        requests.add(request.getHttpMethod() + " " + request.getUrl() + (body == null ? "" : " " + body));
        Object next = script.poll();
        if (next instanceof IOException failure) {
            throw failure;
        } else if (next instanceof Prepared prepared) {
            return new Answer(request, prepared);
        }
        throw new IllegalStateException("nothing prepared for " + request.getHttpMethod() + " " + request.getUrl());
    }

    private record Prepared(int status, String body, HttpHeaders headers) {}

    private static final class Answer extends HttpResponse {
        private final Prepared prepared;

        Answer(HttpRequest request, Prepared prepared) {
            super(request);
            this.prepared = prepared;
        }

        @Override
        public int getStatusCode() {
            return prepared.status();
        }

        @Override
        @Deprecated
        @SuppressWarnings("InlineMeSuggester")
        public String getHeaderValue(String name) {
            return getHeaders().getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return prepared.headers();
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return Flux.defer(() -> Flux.just(ByteBuffer.wrap(bytes())));
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return Mono.fromCallable(this::bytes);
        }

        @Override
        public Mono<String> getBodyAsString() {
            return getBodyAsString(StandardCharsets.UTF_8);
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return Mono.just(prepared.body());
        }

        private byte[] bytes() {
            return prepared.body().getBytes(StandardCharsets.UTF_8);
        }
    }
}
