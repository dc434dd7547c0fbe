package io.fabricmirror.core.internal.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.spi.Pacer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Follows changes that Azure accepted until they have ended. The library's own pollers sleep where the time port cannot see it.
 * Thread-safe.
 */
final class LongOperation {
    /** How long an accepted change is followed. */
    static final Duration LIMIT = Duration.ofMinutes(30);

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final HttpHeaderName ASYNC_OPERATION = HttpHeaderName.fromString("Azure-AsyncOperation");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpPipeline pipeline;
    private final URI endpoint;
    private final Pacer pacer;
    private final ServiceCalls calls;

    LongOperation(ArmClient arm, Pacer pacer, ServiceCalls calls) {
        this.pipeline = arm.pipeline();
        this.endpoint = arm.endpoint();
        this.pacer = pacer;
        this.calls = calls;
    }

    /**
     * Waits for the end.
     *
     * @param what the change, in words
     * @param accepted the headers of the answer that accepted it
     * @return what Azure says went wrong, or empty if it succeeded
     * @throws OutcomeUnknownException if the end could not be seen
     */
    Optional<ServiceError> awaitEnd(String what, HttpHeaders accepted) {
        String operation = accepted.getValue(ASYNC_OPERATION);
        String location = accepted.getValue(HttpHeaderName.LOCATION);
        if (operation == null && location == null) {
            return Optional.empty();
        }

        String url = atOurEndpoint(operation == null ? location : operation);
        Instant end = pacer.now().plus(LIMIT);
        Duration wait = interval(accepted);
        while (true) {
            pause(what, wait);
            Answer answer = follow(what, url);
            if (operation == null ? answer.status() != 202 : answer.hasEnded()) {
                return answer.error();
            }
            if (pacer.now().isAfter(end)) {
                throw new OutcomeUnknownException(what + " (accepted, not ended after " + LIMIT + ")", null);
            }
            wait = interval(answer.headers());
        }
    }

    private Answer follow(String what, String url) {
        try {
            return calls.read("follow: " + what, () -> get(url));
        } catch (MirrorException e) {
            throw new OutcomeUnknownException(what + " (accepted, its end could not be seen)", e);
        }
    }

    private Answer get(String url) {
        try (HttpResponse response = pipeline.sendSync(new HttpRequest(HttpMethod.GET, url), Context.NONE)) {
            JsonNode body = json(response);
            if (response.getStatusCode() >= 400) {
                Object error = JSON.convertValue(body, Map.class);
                throw new HttpResponseException("HTTP " + response.getStatusCode(), response, error);
            }
            return new Answer(response.getStatusCode(), response.getHeaders(), body);
        }
    }

    private static JsonNode json(HttpResponse response) {
        String text = response.getBodyAsBinaryData() == null
                ? ""
                : response.getBodyAsBinaryData().toString();
        try {
            return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new HttpResponseException("unreadable answer", response, e);
        }
    }

    /** A token never goes to a host that an answer names, so only path and query of its address are used. */
    private String atOurEndpoint(String url) {
        URI named = URI.create(url);
        return endpoint.resolve(named.getRawPath() + (named.getRawQuery() == null ? "" : "?" + named.getRawQuery()))
                .toString();
    }

    private Duration interval(HttpHeaders headers) {
        Duration asked = ServiceError.retryAfter(headers, pacer.now()).orElse(INTERVAL);
        return asked.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : asked;
    }

    private void pause(String what, Duration wait) {
        try {
            pacer.pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException(what + " (accepted, interrupted before its end)", e);
        }
    }

    private record Answer(int status, HttpHeaders headers, JsonNode body) {
        boolean hasEnded() {
            String state = body.path("status").asText();
            return state.equals("Succeeded") || state.equals("Failed") || state.equals("Canceled");
        }

        Optional<ServiceError> error() {
            String state = body.path("status").asText("Succeeded");
            if (!hasEnded() || state.equals("Succeeded")) {
                return Optional.empty();
            }

            JsonNode error = body.path("error");
            return Optional.of(ServiceError.ofOperation(
                    error.path("code").asText(state), error.path("message").asText()));
        }
    }
}
