package io.fabricmirror.fabric.internal;

import com.azure.core.http.HttpHeaderName;
import io.fabricmirror.fabric.FabricError;
import io.fabricmirror.fabric.FabricErrorCode;
import io.fabricmirror.fabric.FabricException;
import io.fabricmirror.fabric.FabricOperationPendingException;
import io.fabricmirror.fabric.OperationState;
import io.fabricmirror.fabric.OperationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows long-running operations by their id, at our own base URL: the {@code Location} that the service sends names another host,
 * which must not get a token.
 */
public final class LongOperations {
    private static final HttpHeaderName OPERATION_ID = HttpHeaderName.fromString("x-ms-operation-id");
    private static final Pattern IN_LOCATION =
            Pattern.compile("/operations/(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})(?:/result)?/?$");
    private static final Duration USUAL_DELAY = Duration.ofSeconds(5);
    private static final Duration SHORTEST_DELAY = Duration.ofSeconds(1);

    private final Transport transport;

    public LongOperations(Transport transport) {
        this.transport = transport;
    }

    /** Sends a request that may take long, and waits for its end. */
    public void run(FabricRequest request) {
        Answer answer = transport.send(request);
        UUID operation = operationOf(answer);
        if (answer.status() == 202) {
            if (operation == null) {
                throw notFollowed(request, answer);
            }
            await(
                    pollRequest(operation, request),
                    operation,
                    answer.retryAfter(transport.clock().now()));
        }
    }

    /** Sends a request that may take long, waits for its end and reads its result. */
    public <T> T call(FabricRequest request, Function<Fields, T> reader) {
        Answer answer = transport.send(request);
        UUID operation = operationOf(answer);
        if (answer.status() != 202) {
            return transport.read(request, answer, reader);
        }
        if (operation == null) {
            throw notFollowed(request, answer);
        }

        await(
                pollRequest(operation, request),
                operation,
                answer.retryAfter(transport.clock().now()));
        FabricRequest result = FabricRequest.get(request.what(), "operations", operation, "result")
                .atHostOf(request);
        return transport.call(result, reader);
    }

    /** Reads the state of an operation. */
    public OperationState state(UUID operation) {
        FabricRequest request = FabricRequest.get("read operation " + operation, "operations", operation);
        return transport.call(request, fields -> state(operation, fields));
    }

    /** Waits for the end of an operation. */
    public OperationState await(UUID operation) {
        return await(FabricRequest.get("operation " + operation, "operations", operation), operation, Duration.ZERO);
    }

    /** Reads the result of an operation as JSON; empty if it has none. */
    public Optional<String> resultJson(UUID operation) {
        try {
            FabricRequest request =
                    FabricRequest.get("read result of operation " + operation, "operations", operation, "result");
            return Optional.of(transport.call(request, Fields::json));
        } catch (FabricException e) {
            if (e.errorCode().means(FabricErrorCode.OPERATION_HAS_NO_RESULT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static FabricRequest pollRequest(UUID operation, FabricRequest begun) {
        return FabricRequest.get(begun.what(), "operations", operation).atHostOf(begun);
    }

    private OperationState await(FabricRequest poll, UUID operation, @Nullable Duration firstDelay) {
        Instant deadline = transport.clock().now().plus(transport.limits().operation());
        String what = poll.what();
        Duration delay = firstDelay == null ? USUAL_DELAY : firstDelay;
        String last = "accepted";
        while (true) {
            delay = Transport.shorter(delay, transport.limits().longestDelay());
            if (transport.clock().now().plus(delay).isAfter(deadline)) {
                throw pending(what, operation, "still " + last + " at the end of the limit", null);
            }

            Answer answer;
            OperationState state;
            try {
                transport.pause(poll, delay, false);
                answer = transport.send(poll);
                state = transport.read(poll, answer, fields -> state(operation, fields));
            } catch (FabricException e) {
                throw pending(
                        what,
                        operation,
                        "last seen " + last + ", then " + e.errorCode().value(),
                        e);
            }
            if (state.status().equals(OperationStatus.SUCCEEDED)) {
                return state;
            }
            if (state.status().equals(OperationStatus.FAILED)) {
                throw failed(poll, state);
            }

            last = state.status().value();
            Duration asked = answer.retryAfter(transport.clock().now());
            delay = asked == null ? USUAL_DELAY : asked;
            if (delay.compareTo(SHORTEST_DELAY) < 0) {
                delay = SHORTEST_DELAY;
            }
        }
    }

    /** Accepted, but nothing says under which id; whether it ends well cannot be seen. */
    private static FabricException notFollowed(FabricRequest request, Answer answer) {
        return Transport.unreadable(request, answer, "Cannot read answer: accepted, but without an operation id");
    }

    private static FabricException failed(FabricRequest poll, OperationState state) {
        FabricError error = state.error() == null
                ? FabricError.of(FabricErrorCode.UNKNOWN_ERROR, "the operation failed and says no more")
                : state.error();
        return new Failure(200, error, false, false, null, null).toException(poll, false);
    }

    private static FabricOperationPendingException pending(
            String what, UUID operation, String how, @Nullable FabricException cause) {
        String text = what + ": operation " + operation + " goes on, " + how + "; follow it by its id";
        return new FabricOperationPendingException(
                text, operation, FabricError.of(FabricErrorCode.OPERATION_PENDING, how), cause);
    }

    private static @Nullable UUID operationOf(Answer answer) {
        UUID named = Ids.parse(answer.header(OPERATION_ID));
        String location = answer.header(HttpHeaderName.LOCATION);
        if (named != null || location == null) {
            return named;
        }

        Matcher matcher = IN_LOCATION.matcher(location);
        return matcher.find() ? Ids.parse(matcher.group(1)) : null;
    }

    private static OperationState state(UUID operation, Fields fields) {
        return new OperationState(
                operation,
                new OperationStatus(fields.text("status")),
                fields.timeOrNull("createdTimeUtc"),
                fields.timeOrNull("lastUpdatedTimeUtc"),
                fields.integerOrNull("percentComplete"),
                ErrorReader.of(fields.object("error"), Redaction.NONE));
    }
}
