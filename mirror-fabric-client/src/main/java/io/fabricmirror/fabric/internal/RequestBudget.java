package io.fabricmirror.fabric.internal;

import com.azure.core.credential.TokenCredential;
import io.fabricmirror.fabric.FabricClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Gives each request the moment at which it may leave, so that no minute holds more than the allowed number. One for each credential
 * and clock. Thread-safe; turns are given in the order asked.
 */
public final class RequestBudget {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Map<TokenCredential, Map<FabricClock, RequestBudget>> ALL = new WeakHashMap<>();

    private final Deque<Instant> turns = new ArrayDeque<>();
    private int perMinute;
    private Instant closedUntil = Instant.MIN;

    RequestBudget(int perMinute) {
        this.perMinute = perMinute;
    }

    /** The budget of a credential; the lowest number asked for holds. */
    public static RequestBudget of(TokenCredential credential, FabricClock clock, int perMinute) {
        synchronized (ALL) {
            RequestBudget budget = ALL.computeIfAbsent(credential, key -> new WeakHashMap<>())
                    .computeIfAbsent(clock, key -> new RequestBudget(perMinute));
            budget.lower(perMinute);
            return budget;
        }
    }

    private synchronized void lower(int number) {
        perMinute = Math.min(perMinute, number);
    }

    synchronized int perMinute() {
        return perMinute;
    }

    /** When the next request may leave, or empty if not before the deadline; then no turn is used up. */
    synchronized Optional<Instant> turn(Instant now, Instant deadline) {
        while (!turns.isEmpty()
                && (turns.size() > perMinute || !turns.getFirst().plus(WINDOW).isAfter(now))) {
            turns.removeFirst();
        }
        Instant turn = later(now, closedUntil);
        if (turns.size() >= perMinute) {
            turn = later(turn, turns.getFirst().plus(WINDOW));
        }
        if (turn.isAfter(deadline)) {
            return Optional.empty();
        }

        if (turns.size() >= perMinute) {
            turns.removeFirst();
        }
        turns.addLast(turn);
        return Optional.of(turn);
    }

    /** Lets nobody through for a while: the service refuses this credential, whoever asks. */
    synchronized void close(Instant until) {
        closedUntil = later(closedUntil, until);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
