package io.fabricmirror.core.internal.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * The JDK's HTTP client, for callers that hand in none. Named outright, because azure-core's own search takes whatever it finds
 * on the class path first. Thread-safe.
 */
public final class DefaultHttpClient implements HttpClient {
    private final HttpClient jdk;

    /** Returns a client with limits that suit a service that tests what it is given before it answers. */
    public DefaultHttpClient() {
        this(new JdkHttpClientBuilder()
                .connectionTimeout(Duration.ofSeconds(10))
                .responseTimeout(Duration.ofMinutes(2))
                .build());
    }

    DefaultHttpClient(HttpClient jdk) {
        this.jdk = jdk;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return jdk.send(quiet(request));
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return jdk.send(quiet(request), context);
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        return jdk.sendSync(quiet(request), context);
    }

    /** The JDK sets Content-Length itself, and the library below warns at each request that brings it along. */
    private static HttpRequest quiet(HttpRequest request) {
        HttpRequest copy = request.copy();
        copy.getHeaders().remove(HttpHeaderName.CONTENT_LENGTH);
        return copy;
    }
}
