package io.fabricmirror.fabric.internal;

import com.azure.core.credential.TokenCredential;
import io.fabricmirror.fabric.FabricClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Gives each request the moment at which it may leave, so that no minute holds more than the allowed number. One for each credential
 * and clock. Thread-safe; turns are given in the order asked.
 */
public final class RequestBudget {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** More than the moments differ at which threads read the clock before they ask. */
    private static final Duration SET_BACK = Duration.ofSeconds(10);

    private static final Map<TokenCredential, Map<FabricClock, RequestBudget>> ALL = new WeakHashMap<>();

    private final Deque<Instant> turns = new ArrayDeque<>();
    private int perMinute;
    private Instant closedUntil = Instant.EPOCH;
    private Instant latest = Instant.EPOCH;

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
        followSetBack(now);
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

    /** A clock that somebody set back would else make everybody wait for that long. */
    private void followSetBack(Instant now) {
        Duration back = Duration.between(now, latest);
        latest = now;
        if (back.compareTo(SET_BACK) > 0) {
            List<Instant> moved = turns.stream().map(turn -> turn.minus(back)).toList();
            turns.clear();
            turns.addAll(moved);
            closedUntil = closedUntil.minus(back);
        }
    }

    /** Lets nobody through for a while: the service refuses this credential, whoever asks. */
    synchronized void close(Instant until) {
        closedUntil = later(closedUntil, until);
    }

    synchronized boolean closedAt(Instant now) {
        return closedUntil.isAfter(now);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
