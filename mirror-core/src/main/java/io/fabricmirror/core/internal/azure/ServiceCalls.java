package io.fabricmirror.core.internal.azure;

import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.Problem;
import io.fabricmirror.core.internal.azure.ServiceError.Kind;
import io.fabricmirror.core.internal.run.Signals;
import io.fabricmirror.spi.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a service, and calls again where that can do no harm. The only layer that does: the libraries below are told not to.
 * Thread-safe.
 *
 * <p>Reads are repeated whatever happened; changes only if it is certain that nothing was done. A change that may have been made
 * ends in {@link OutcomeUnknownException}, so that the caller looks before repeating it.
 */
final class ServiceCalls {
    /** How long a call is repeated while the service says that it is busy. */
    static final Duration BUSY_LIMIT = Duration.ofMinutes(10);

    /** How often a call is sent at most if the service or the way to it fails. */
    static final int ATTEMPTS = 5;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT_ASKED_FOR = Duration.ofMinutes(2);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private static final Set<Kind> NOTHING_DONE = EnumSet.of(Kind.BUSY, Kind.NOT_SENT);
    private static final Set<Kind> PASSING = EnumSet.of(Kind.BUSY, Kind.NOT_SENT, Kind.BROKEN, Kind.NO_ANSWER);
    private static final Set<Kind> MAYBE_DONE =
            EnumSet.of(Kind.BROKEN, Kind.NO_ANSWER, Kind.INTERRUPTED, Kind.UNEXPECTED);

    private static final Logger LOG = LoggerFactory.getLogger(ServiceCalls.class);

    private final Pacer pacer;
    private final BiFunction<String, ServiceError, Problem> explanation;

    /**
     * Returns calls to one service.
     *
     * @param pacer what waits
     * @param explanation turns what was attempted, as "read server pg-orders", and what came back into a problem
     */
    ServiceCalls(Pacer pacer, BiFunction<String, ServiceError, Problem> explanation) {
        this.pacer = pacer;
        this.explanation = explanation;
    }

    /** Reads. */
    <T> T read(String what, Supplier<T> call) {
        Patience patience = new Patience(what);
        while (true) {
            try {
                return call.get();
            } catch (RuntimeException e) {
                ServiceError error = ServiceError.of(e);
                if (!PASSING.contains(error.kind()) || !patience.waitFor(error)) {
                    throw new MirrorException(explanation.apply(what, error), e);
                }
            }
        }
    }

    /** Sends a change. */
    <T> T change(String what, Supplier<T> call) {
        return change(patience(what), call);
    }

    /** Sends a change that belongs to an attempt already begun. */
    <T> T change(Patience patience, Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (RuntimeException e) {
                ServiceError error = ServiceError.of(e);
                if (MAYBE_DONE.contains(error.kind())) {
                    throw new OutcomeUnknownException(patience.what + " (" + error.seen() + ")", e);
                }
                if (!NOTHING_DONE.contains(error.kind()) || !patience.waitFor(error)) {
                    throw new MirrorException(explanation.apply(patience.what, error), e);
                }
            }
        }
    }

    /** Begins an attempt at something, with its own limits. */
    Patience patience(String what) {
        return new Patience(what);
    }

    /** Returns the exception for what came back. */
    MirrorException refused(String what, ServiceError error) {
        return new MirrorException(explanation.apply(what, error));
    }

    /** How long one attempt at something goes on. Not thread-safe. */
    final class Patience {
        private final String what;
        private final Instant busyUntil = pacer.now().plus(BUSY_LIMIT);
        private Duration wait = FIRST_WAIT;
        private int failures;

        private Patience(String what) {
            this.what = what;
        }

        /** Waits before the next try; false, without a wait, if there is to be none. */
        boolean waitFor(ServiceError error) {
            Instant now = pacer.now();
            Duration next = atMost(
                    error.retryAfter(now).map(d -> atLeast(d, SHORTEST_WAIT)).orElse(wait), LONGEST_WAIT_ASKED_FOR);
            boolean spent = error.kind() == Kind.BUSY ? now.plus(next).isAfter(busyUntil) : ++failures >= ATTEMPTS;
            if (spent) {
                return false;
            }

            LOG.debug("{}: {}; again in {}", what, error.seen(), next);
            Signals.retrying(what + ": " + error.seen(), next);
            wait = atMost(wait.multipliedBy(2), LONGEST_WAIT);
            try {
                pacer.pause(next);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private static Duration atMost(Duration duration, Duration limit) {
        return duration.compareTo(limit) > 0 ? limit : duration;
    }

    private static Duration atLeast(Duration duration, Duration limit) {
        return duration.compareTo(limit) < 0 ? limit : duration;
    }
}
