package io.fabricmirror.fabric;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lies below all policies, so that production URLs and with them the rules for tokens stay; only the socket goes elsewhere. */
record Redirect(HttpClient carrier, URI target) implements HttpClient {
    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        try {
            HttpRequest copy = request.copy();
            copy.setUrl(URI.create(target + request.getUrl().getFile()).toURL());
            return new Original(request, carrier.sendSync(copy, context));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
    }

    private static final class Original extends HttpResponse {
        private final HttpResponse response;

        Original(HttpRequest request, HttpResponse response) {
            super(request);
            this.response = response;
        }

        @Override
        public int getStatusCode() {
            return response.getStatusCode();
        }

        @Override
        @Deprecated
        @SuppressWarnings("InlineMeSuggester")
        public String getHeaderValue(String name) {
            return response.getHeaders().getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return response.getHeaders();
        }

        @Override
        public InputStream getBodyAsInputStreamSync() {
            return response.getBodyAsInputStreamSync();
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return response.getBody();
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return response.getBodyAsByteArray();
        }

        @Override
        public Mono<String> getBodyAsString() {
            return response.getBodyAsString();
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return response.getBodyAsString(charset);
        }

        @Override
        public void close() {
            response.close();
        }
    }
}
