package io.fabricmirror.fabric.internal;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * The client of the JDK, made at its first use and then shared: named explicitly, because looking for one on the class path gives
 * another client to each application.
 */
public enum DefaultHttpClient implements HttpClient {
    /** The only one. */
    LAZY;

    private static final class Holder {
        static final HttpClient JDK = new JdkHttpClientBuilder()
                .connectionTimeout(Duration.ofSeconds(10))
                .build();
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Holder.JDK.send(withoutLength(request));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        return Holder.JDK.sendSync(withoutLength(request), context);
    }

    // The JDK's client sets this header itself, also to 0, and azure-core warns on each call that has it.
    private static HttpRequest withoutLength(HttpRequest request) {
        request.getHeaders().remove(HttpHeaderName.CONTENT_LENGTH);
        return request;
    }
}
