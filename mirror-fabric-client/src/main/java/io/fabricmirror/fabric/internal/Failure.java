package io.fabricmirror.fabric.internal;

import com.azure.core.http.HttpMethod;
import io.fabricmirror.fabric.FabricError;
import io.fabricmirror.fabric.FabricErrorCode;
import io.fabricmirror.fabric.FabricException;
import io.fabricmirror.fabric.FabricOutcomeUnknownException;
import java.io.Serial;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One attempt that did not end well, and what follows from it. */
final class Failure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int LONGEST_DETAILS = 1_000;

    private final int status;
    private final transient FabricError error;
    private final boolean maybeDone;
    private final boolean repeatable;
    private final @Nullable Duration retryAfter;
    private final @Nullable Throwable origin;

    Failure(
            int status,
            FabricError error,
            boolean maybeDone,
            boolean repeatable,
            @Nullable Duration retryAfter,
            @Nullable Throwable origin) {
        super(error.code().value(), null, false, false);
        this.status = status;
        this.error = error;
        this.maybeDone = maybeDone;
        this.repeatable = repeatable;
        this.retryAfter = retryAfter;
        this.origin = origin;
    }

    static Failure notSent(FabricErrorCode code, String message, @Nullable Throwable origin) {
        return new Failure(0, FabricError.of(code, message), false, false, null, origin);
    }

    static Failure interrupted(boolean maybeDone, @Nullable Throwable origin) {
        FabricError error = FabricError.of(FabricErrorCode.INTERRUPTED, "the thread was interrupted");
        return new Failure(0, error, maybeDone, false, null, origin);
    }

    /** An error answer. */
    static Failure answered(Effect effect, int status, FabricError error, @Nullable Duration retryAfter) {
        boolean lost = status == 408 || (status >= 500 && status != 501);
        boolean repeatable = status == 429 || error.retriable() || (lost && effect != Effect.CREATE);
        return new Failure(status, error, lost && effect != Effect.READ, repeatable, retryAfter, null);
    }

    int status() {
        return status;
    }

    boolean maybeDone() {
        return maybeDone;
    }

    boolean repeatable() {
        return repeatable;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /** Whether an earlier attempt of a delete has worked after all. */
    boolean isGone(FabricRequest request) {
        return request.method() == HttpMethod.DELETE && status == 404;
    }

    FabricException toException(FabricRequest request, boolean earlierMaybeDone) {
        StringBuilder text = new StringBuilder(request.what()).append(": ");
        if (status > 0) {
            text.append(status).append(' ');
        }
        text.append(error.code().value());
        if (!error.message().isEmpty()) {
            text.append(": ").append(error.message());
        }
        String details = details();
        if (!details.isEmpty()) {
            text.append(" (").append(details).append(')');
        }
        if (error.requestId() != null) {
            text.append(" (request ").append(error.requestId()).append(')');
        }

        boolean unknown = maybeDone || (earlierMaybeDone && (request.effect() == Effect.CREATE || status == 0));
        if (unknown) {
            text.append("; it may have happened all the same: look before doing it again");
            return new FabricOutcomeUnknownException(text.toString(), status, error, origin);
        }
        error.remedy().ifPresent(remedy -> text.append("; ").append(remedy));
        return new FabricException(text.toString(), status, error, origin);
    }

    /** The errors behind this one, without those that only name a resource. */
    private String details() {
        String all = error.details().stream()
                .map(detail -> (detail.code() == null ? "" : detail.code().value() + ": ") + detail.message())
                .filter(detail -> !detail.isEmpty())
                .collect(Collectors.joining("; "));
        return all.length() <= LONGEST_DETAILS ? all : all.substring(0, LONGEST_DETAILS) + "...";
    }
}
