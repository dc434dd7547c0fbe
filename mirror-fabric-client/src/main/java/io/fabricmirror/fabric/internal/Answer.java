package io.fabricmirror.fabric.internal;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Status, headers and body of an answer. */
public final class Answer {
    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("RequestId");

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static Answer empty() {
        return new Answer(200, new HttpHeaders(), new byte[0]);
    }

    int status() {
        return status;
    }

    Fields fields(String what) {
        if (body.length == 0) {
            return Fields.none().as(what);
        }
        return new Fields(Json.read(body, what), what);
    }

    @Nullable
    String header(HttpHeaderName name) {
        return headers.getValue(name);
    }

    @Nullable
    String requestId() {
        return header(REQUEST_ID);
    }

    /** How long the service asks to wait: seconds, or a date; null if it does not say or says nonsense. */
    @Nullable
    Duration retryAfter(Instant now) {
        String value = header(HttpHeaderName.RETRY_AFTER);
        if (value == null) {
            return null;
        }

        String text = value.trim();
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        } catch (DateTimeException neither) {
            return null;
        }
    }
}
