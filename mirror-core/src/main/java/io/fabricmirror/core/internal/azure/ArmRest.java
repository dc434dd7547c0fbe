package io.fabricmirror.core.internal.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.Pacer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The few calls to Azure Resource Manager that its library lacks. Each names the dated version of the API that it was written for.
 * Thread-safe.
 */
final class ArmRest {
    static final ObjectMapper JSON = new ObjectMapper();

    private final ArmClient arm;
    private final ServiceCalls calls;
    private final LongOperation operations;

    ArmRest(Cloud cloud, TokenCredential credential, HttpClient httpClient, Pacer pacer) {
        this.arm = new ArmClient(cloud, credential, httpClient, null);
        this.calls = new ServiceCalls(pacer, ArmProblems::explain);
        this.operations = new LongOperation(arm, pacer, calls);
    }

    /** Reads. */
    JsonNode get(String what, String path, String version) {
        return calls.read(
                what, () -> send(HttpMethod.GET, url(path, version), null).body());
    }

    /** Reads all pages of a list. */
    List<JsonNode> list(String what, String path, String version) {
        List<JsonNode> all = new ArrayList<>();
        String next = url(path, version);
        while (!next.isEmpty()) {
            String page = next;
            JsonNode body =
                    calls.read(what, () -> send(HttpMethod.GET, page, null).body());
            body.path("value").forEach(all::add);
            next = body.path("nextLink").asText("");
        }
        return all;
    }

    /** Sends a change and waits until it is done. */
    void change(String what, HttpMethod method, String path, String version, ObjectNode body) {
        ServiceCalls.Patience patience = calls.patience(what);
        while (true) {
            HttpHeaders accepted = calls.change(
                    patience, () -> send(method, url(path, version), body).headers());
            Optional<ServiceError> error = operations.awaitEnd(what, accepted);
            if (error.isEmpty()) {
                return;
            }
            if (error.get().kind() != ServiceError.Kind.BUSY || !patience.waitFor(error.get())) {
                throw calls.refused(what, error.get());
            }
        }
    }

    private Answer send(HttpMethod method, String url, @org.jspecify.annotations.Nullable ObjectNode body) {
        HttpRequest request = new HttpRequest(method, url);
        if (body != null) {
            request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
                    .setBody(BinaryData.fromString(body.toString()));
        }
        try (HttpResponse response = arm.pipeline().sendSync(request, Context.NONE)) {
            JsonNode answer = json(response);
            if (response.getStatusCode() >= 400) {
                throw new HttpResponseException(
                        "HTTP " + response.getStatusCode(), response, JSON.convertValue(answer, Map.class));
            }
            return new Answer(response.getHeaders(), answer);
        }
    }

    private static JsonNode json(HttpResponse response) {
        BinaryData body = response.getBodyAsBinaryData();
        String text = body == null ? "" : body.toString();
        try {
            return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new HttpResponseException("unreadable answer", response, e);
        }
    }

    private String url(String path, String version) {
        return arm.endpoint().resolve(path) + (path.contains("?") ? "&" : "?") + "api-version=" + version;
    }

    private record Answer(HttpHeaders headers, JsonNode body) {}
}
