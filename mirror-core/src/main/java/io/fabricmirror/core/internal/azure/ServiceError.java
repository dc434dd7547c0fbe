package io.fabricmirror.core.internal.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What a service, or the way to it, says is wrong. Immutable.
 *
 * @param kind what it means for the call
 * @param status the HTTP status, 0 without an answer
 * @param code the service's code; empty text without one
 * @param innerCode the service's second, finer code; empty text without one
 * @param message what the service or the way to it says, on one line
 * @param requestId the service's id of the request; empty text without one
 * @param retryAfter the service's {@code Retry-After}; empty text without one
 */
record ServiceError(
        Kind kind, int status, String code, String innerCode, String message, String requestId, String retryAfter) {
    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");
    private static final Set<Integer> BROKEN = Set.of(408, 500, 502, 503, 504);
    private static final int LONGEST_MESSAGE = 500;

    /** What an error means for the call. */
    enum Kind {
        /** The service said no. */
        REFUSED,
        /** The service said not now; nothing was done. */
        BUSY,
        /** The service failed, or answered what cannot be read; a change may have been made. */
        BROKEN,
        /** The request went out and nothing came back; a change may have been made. */
        NO_ANSWER,
        /** The request did not go out; nothing was done. */
        NOT_SENT,
        /** The other side could not prove who it is; nothing was sent. */
        NOT_TRUSTED,
        /** The credential gave no token; nothing was sent. */
        NO_TOKEN,
        /** The thread was interrupted; a change may have been made. */
        INTERRUPTED,
        /** A library failed in a way that nobody foresaw; a change may have been made. */
        UNEXPECTED
    }

    /** Reads what a library threw. */
    static ServiceError of(RuntimeException thrown) {
        if (find(thrown, InterruptedException.class) != null) {
            // The libraries clear the flag when they wrap the exception.
            Thread.currentThread().interrupt();
            return withoutAnswer(Kind.INTERRUPTED, "interrupted");
        } else if (thrown instanceof HttpResponseException refused && refused.getResponse() != null) {
            return of(refused);
        } else if (thrown instanceof ClientAuthenticationException) {
            return withoutAnswer(Kind.NO_TOKEN, firstLine(thrown));
        } else if (find(thrown, IOException.class) != null || find(thrown, TimeoutException.class) != null) {
            return withoutAnswer(kindOfSilence(thrown), silence(thrown));
        }

        return withoutAnswer(Kind.UNEXPECTED, thrown.getClass().getSimpleName());
    }

    /** Returns the error an accepted operation ended with. */
    static ServiceError ofOperation(String code, String message) {
        return new ServiceError(
                isBusy(409, code, message) ? Kind.BUSY : Kind.REFUSED, 0, code, "", oneLine(message), "", "");
    }

    /** Returns how long the service asks to wait. */
    Optional<Duration> retryAfter(Instant now) {
        return parseRetryAfter(retryAfter, now);
    }

    /** Returns how long an answer asks to wait. */
    static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
        return parseRetryAfter(text(headers.getValue(HttpHeaderName.RETRY_AFTER)), now);
    }

    /** Returns the finest code there is. */
    String bestCode() {
        String finest = innerCode.isEmpty() ? code : innerCode;
        return finest.isEmpty() ? "HTTP_" + status : finest;
    }

    /** Returns status, code and message on one line. */
    String seen() {
        StringBuilder seen = new StringBuilder();
        if (status > 0) {
            seen.append(status).append(' ');
        }
        if (status > 0 || !code.isEmpty()) {
            seen.append(bestCode());
        }
        if (!message.isEmpty()) {
            seen.append(seen.isEmpty() ? "" : ": ").append(message);
        }
        return seen.toString();
    }

    private static ServiceError of(HttpResponseException refused) {
        HttpResponse response = refused.getResponse();
        int status = response.getStatusCode();
        String code = "";
        String inner = "";
        String message = "";
        if (refused.getValue() instanceof ManagementError error) {
            code = text(error.getCode());
            message = text(error.getMessage());
        } else if (refused.getValue() instanceof Map<?, ?> body) {
            Map<?, ?> error = body.get("error") instanceof Map<?, ?> nested ? nested : body;
            code = text(error.get("code"));
            message = text(error.get("message"));
            inner = error.get("innererror") instanceof Map<?, ?> finer ? text(finer.get("code")) : "";
        }
        return new ServiceError(
                kind(status, code, message),
                status,
                code,
                inner,
                oneLine(message),
                text(response.getHeaderValue(REQUEST_ID)),
                text(response.getHeaderValue(HttpHeaderName.RETRY_AFTER)));
    }

    private static Kind kind(int status, String code, String message) {
        if (isBusy(status, code, message)) {
            return Kind.BUSY;
        }
        // Below 300 the library could not read an answer that says "done": a proxy's page, for example.
        return status < 300 || BROKEN.contains(status) ? Kind.BROKEN : Kind.REFUSED;
    }

    private static boolean isBusy(int status, String code, String message) {
        return status == 429
                || (status == 409
                        && (code.equals("ServerIsBusy") || message.contains("busy processing another operation")));
    }

    private static Kind kindOfSilence(Throwable thrown) {
        if (find(thrown, SSLHandshakeException.class) != null) {
            return Kind.NOT_TRUSTED;
        }

        boolean neverLeft = find(thrown, ConnectException.class) != null
                || find(thrown, HttpConnectTimeoutException.class) != null
                || find(thrown, UnknownHostException.class) != null
                || find(thrown, UnresolvedAddressException.class) != null;
        return neverLeft ? Kind.NOT_SENT : Kind.NO_ANSWER;
    }

    private static String silence(Throwable thrown) {
        if (find(thrown, UnresolvedAddressException.class) != null
                || find(thrown, UnknownHostException.class) != null) {
            return "its name cannot be resolved (DNS)";
        }

        Throwable io = find(thrown, IOException.class);
        Throwable deepest = io == null ? thrown : io;
        String message = firstLine(deepest);
        return deepest.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }

    private static ServiceError withoutAnswer(Kind kind, String message) {
        return new ServiceError(kind, 0, "", "", oneLine(message), "", "");
    }

    private static Optional<Duration> parseRetryAfter(String value, Instant now) {
        if (value.matches("\\d{1,6}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, until));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static <T> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static String firstLine(Throwable thrown) {
        return text(thrown.getMessage()).lines().findFirst().orElse("");
    }

    private static String oneLine(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
