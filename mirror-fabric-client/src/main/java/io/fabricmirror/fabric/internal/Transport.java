package io.fabricmirror.fabric.internal;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import io.fabricmirror.fabric.Caller;
import io.fabricmirror.fabric.FabricClock;
import io.fabricmirror.fabric.FabricClock.Reason;
import io.fabricmirror.fabric.FabricEndpoint;
import io.fabricmirror.fabric.FabricError;
import io.fabricmirror.fabric.FabricErrorCode;
import io.fabricmirror.fabric.FabricException;
import io.fabricmirror.fabric.FabricLimits;
import io.fabricmirror.fabric.FabricOutcomeUnknownException;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests: the only place that retries, waits for a turn and turns what goes wrong into exceptions. Thread-safe. */
public final class Transport {
    private static final Logger LOG = LoggerFactory.getLogger("io.fabricmirror.fabric");
    private static final int MOST_PAGES = 10_000;
    private static final Duration HELD_NAME_DELAY = Duration.ofSeconds(30);

    private final Attempt attempt;
    private final TokenPolicy token;
    private final FabricClock clock;
    private final FabricLimits limits;
    private final RequestBudget budget;
    private final Retry retry;

    public Transport(
            TokenCredential credential,
            FabricEndpoint endpoint,
            HttpClient httpClient,
            FabricClock clock,
            FabricLimits limits,
            RequestBudget budget,
            String applicationId) {
        this.token = new TokenPolicy(credential, endpoint.scope());
        // Nothing but the token: no retries (they are here) and no logging of azure-core, which an environment variable
        // could
        // make write bodies and with them passwords.
        HttpPipeline pipeline =
                new HttpPipelineBuilder().policies(token).httpClient(httpClient).build();
        this.attempt = new Attempt(pipeline, endpoint, clock, UserAgent.of(applicationId));
        this.clock = clock;
        this.limits = limits;
        this.budget = budget;
        this.retry = Retry.of("fabric", RetryRules.of(limits));
    }

    private Transport(Transport other, FabricLimits limits) {
        this.attempt = other.attempt;
        this.token = other.token;
        this.clock = other.clock;
        this.limits = limits;
        this.budget = other.budget;
        this.retry = Retry.of("fabric", RetryRules.of(limits));
    }

    /** The same transport with other limits. */
    public Transport with(FabricLimits other) {
        return new Transport(this, other);
    }

    public FabricLimits limits() {
        return limits;
    }

    FabricClock clock() {
        return clock;
    }

    /** Who calls, as the token says. */
    public Optional<Caller> caller() {
        try {
            return TokenReader.caller(token.text());
        } catch (TokenPolicy.NoToken e) {
            FabricRequest request = FabricRequest.get("read the token");
            throw Failure.notSent(FabricErrorCode.NO_TOKEN, "the credential gave no token", e)
                    .toException(request, false);
        }
    }

    /** Sends a request whose answer has no content of interest. */
    public Answer send(FabricRequest request) {
        Instant deadline = clock.now().plus(limits.call());
        Retry.AsyncContext<Answer> attempts = retry.asyncContext();
        boolean maybeDone = false;
        boolean renewed = false;
        while (true) {
            awaitTurn(request, deadline, maybeDone);
            try {
                Duration left = Duration.between(clock.now(), deadline);
                Answer answer = attempt.once(request, shorter(limits.answer(), left));
                attempts.onComplete();
                return answer;
            } catch (Failure failure) {
                if (failure.status() == 401 && !renewed) {
                    renewed = true;
                    token.renew();
                    continue;
                }
                if (maybeDone && failure.isGone(request)) {
                    return Answer.empty();
                }

                maybeDone |= failure.maybeDone();
                long delay = attempts.onError(failure);
                if (failure.retryAfter() != null && failure.status() == 429) {
                    budget.close(clock.now().plus(shorter(failure.retryAfter(), limits.longestDelay())));
                }
                if (delay < 0 || clock.now().plusMillis(delay).isAfter(deadline)) {
                    throw failure.toException(request, maybeDone);
                }
                LOG.debug("{}: {}; again in {} ms", request.what(), failure.getMessage(), delay);
                pause(request, Duration.ofMillis(delay), maybeDone, Reason.RETRY);
            }
        }
    }

    /** Sends a request and reads its answer. */
    public <T> T call(FabricRequest request, Function<Fields, T> reader) {
        return read(request, send(request), reader);
    }

    /** Sends a request that is refused for some minutes because an item of the same name was deleted before. */
    public <T> T callAwaitingName(FabricRequest request, Function<Fields, T> reader) {
        Instant deadline = clock.now().plus(limits.heldName());
        while (true) {
            try {
                return call(request, reader);
            } catch (FabricOutcomeUnknownException e) {
                throw e;
            } catch (FabricException e) {
                // A refusal says that nothing was done, so even a create may be sent again.
                boolean held = e.errorCode().means(FabricErrorCode.NAME_NOT_AVAILABLE_YET);
                if (!held || clock.now().plus(HELD_NAME_DELAY).isAfter(deadline)) {
                    throw e;
                }
                LOG.debug("{}: the name is held; again in {}", request.what(), HELD_NAME_DELAY);
                pause(request, HELD_NAME_DELAY, false, Reason.RETRY);
            }
        }
    }

    /** Reads all pages of a list. */
    public <T> List<T> pages(FabricRequest request, String array, Function<Fields, T> reader) {
        List<T> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        FabricRequest page = request;
        while (true) {
            String next = call(page, one -> {
                if (!one.hasList(array)) {
                    throw new Unreadable("Cannot read answer: no list \"" + array + "\"");
                }
                one.list(array, "entry of \"" + array + "\"").forEach(entry -> all.add(reader.apply(entry)));
                return PageToken.next(one);
            });
            if (next == null) {
                return all;
            }
            if (!seen.add(next) || seen.size() > MOST_PAGES) {
                throw unreadable(request, Answer.empty(), "Cannot read answer: the pages do not end");
            }
            page = request.rawQuery("continuationToken", next);
        }
    }

    <T> T read(FabricRequest request, Answer answer, Function<Fields, T> reader) {
        try {
            return reader.apply(answer.fields("answer"));
        } catch (Unreadable e) {
            throw unreadable(request, answer, String.valueOf(e.getMessage()));
        }
    }

    static FabricException unreadable(FabricRequest request, Answer answer, String message) {
        FabricError error =
                new FabricError(FabricErrorCode.UNREADABLE, message, answer.requestId(), false, List.of(), null);
        return new Failure(answer.status(), error, request.effect() != Effect.READ, false, null, null)
                .toException(request, false);
    }

    private void awaitTurn(FabricRequest request, Instant deadline, boolean maybeDone) {
        while (true) {
            Instant now = clock.now();
            Optional<Instant> turn = budget.turn(now, deadline);
            if (turn.isEmpty()) {
                break;
            }
            pause(request, Duration.between(now, turn.get()), maybeDone, Reason.BUDGET);
            // If the service refused somebody meanwhile, this turn is lost: all who waited would leave at once after
            // that.
            if (!budget.closedAt(clock.now())) {
                return;
            }
        }
        String message = "the " + budget.perMinute() + " requests a minute are used up beyond the limit of this call";
        throw Failure.notSent(FabricErrorCode.NOT_SENT, message, null).toException(request, maybeDone);
    }

    void pause(FabricRequest request, Duration duration, boolean maybeDone) {
        pause(request, duration, maybeDone, Reason.OPERATION);
    }

    private void pause(FabricRequest request, Duration duration, boolean maybeDone, Reason reason) {
        if (Thread.currentThread().isInterrupted()) {
            throw Failure.interrupted(maybeDone, null).toException(request, maybeDone);
        }
        if (duration.isNegative() || duration.isZero()) {
            return;
        }
        try {
            clock.pause(duration, reason, request.what());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted(maybeDone, e).toException(request, maybeDone);
        }
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
