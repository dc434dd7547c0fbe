package io.fabricmirror.fabric;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.net.MalformedURLException;
import java.net.URI;
import reactor.core.publisher.Mono;

/** Sends what is meant for the API to the local server, as it is or to a fixed path. */
record Loopback(HttpClient carrier, URI base, String path) implements HttpClient {
    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        try {
            String file = path.isEmpty() ? request.getUrl().getFile() : path;
            HttpRequest copy = path.isEmpty() ? request.copy() : new HttpRequest(HttpMethod.GET, base + file);
            copy.setUrl(URI.create(base + file).toURL());
            return carrier.sendSync(copy, context);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
    }
}
