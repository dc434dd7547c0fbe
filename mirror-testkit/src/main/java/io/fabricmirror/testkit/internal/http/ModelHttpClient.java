package io.fabricmirror.testkit.internal.http;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Carries requests straight into the model: no socket, no port. */
public final class ModelHttpClient implements HttpClient {
    private final Gate gate;

    /** Carries to the gate. */
    public ModelHttpClient(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE)).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        String host = request.getUrl().getHost();
        if (!gate.serves(host)) {
            throw new UncheckedIOException(new UnknownHostException(host + " is no host of the local Azure"));
        }

        Map<String, String> headers = new HashMap<>();
        request.getHeaders()
                .forEach(header -> headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue()));
        BinaryData body = request.getBodyAsBinaryData();
        try {
            Answer answer = gate.answer(Request.of(
                    request.getHttpMethod().toString(),
                    host,
                    request.getUrl().getFile(),
                    headers,
                    body == null ? "" : body.toString()));
            HttpHeaders received = new HttpHeaders();
            answer.headers().forEach((name, value) -> received.set(HttpHeaderName.fromString(name), value));
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            return new ReceivedResponse(request, answer.status(), received, bytes);
        } catch (AnswerLost lost) {
            throw new UncheckedIOException(new IOException("Connection reset", lost));
        }
    }
}
