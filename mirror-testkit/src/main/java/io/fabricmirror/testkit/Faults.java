package io.fabricmirror.testkit;

import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.AnswerLost;
import io.fabricmirror.testkit.internal.http.Meddler;
import io.fabricmirror.testkit.internal.http.Request;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.time.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What goes wrong between a caller and the local Azure: by operation, by occurrence, in a handful of ways.
 *
 * <pre>{@code
 * azure.faults().on(Call.CREATE_MIRRORED_DATABASE).first().doneButAnswerLost();
 * azure.faults().on(Call.GET_MIRRORING_STATUS).next(3).throttled(Duration.ofSeconds(54));
 * }</pre>
 *
 * <p>Occurrences are counted from the moment a fault is set. Thread-safe.
 */
public final class Faults {
    private final List<Planned> planned = new ArrayList<>();

    Faults() {}

    /**
     * Chooses an operation to spoil.
     *
     * @param call the operation
     * @return which of its calls, to be said next
     */
    public On on(Call call) {
        return new On(Objects.requireNonNull(call, "call"));
    }

    /** Sets no more faults and forgets those that did not happen. */
    public synchronized void clear() {
        planned.clear();
    }

    /**
     * Returns the faults that did not happen yet. One that never happens proves nothing.
     *
     * @return each as text
     */
    public synchronized List<String> unfired() {
        return planned.stream()
                .filter(fault -> fault.fired == 0)
                .map(Planned::toString)
                .toList();
    }

    private interface Effect {
        Answer on(Request request, Meddler.Onward service);
    }

    private static final class Planned {
        private final Call call;
        private final int from;
        private final int to;
        private final String what;
        private final Effect effect;
        private int seen;
        private int fired;

        Planned(Call call, int from, int to, String what, Effect effect) {
            this.call = call;
            this.from = from;
            this.to = to;
            this.what = what;
            this.effect = effect;
        }

        boolean fires(Call happening) {
            if (!happening.equals(call)) {
                return false;
            }

            seen++;
            boolean now = seen >= from && seen <= to;
            fired += now ? 1 : 0;
            return now;
        }

        @Override
        public String toString() {
            return what + " on " + call.name() + ", call " + from
                    + (to == Integer.MAX_VALUE ? " and later" : " to " + to);
        }
    }

    private synchronized void add(Planned fault) {
        planned.add(fault);
    }

    /** The first planned fault that fires takes the call; the others still count it. */
    private synchronized Optional<Planned> firing(Call call) {
        List<Planned> all = planned.stream().filter(fault -> fault.fires(call)).toList();
        return all.stream().findFirst();
    }

    Meddler meddler() {
        return (call, request, service) -> {
            Optional<Planned> fault = firing(call);
            return fault.isPresent() ? fault.get().effect.on(request, service) : service.answer();
        };
    }

    /** Chooses which calls of an operation are spoiled. */
    public final class On {
        private final Call call;

        private On(Call call) {
            this.call = call;
        }

        /**
         * Spoils the next call.
         *
         * @return how, to be said next
         */
        public How first() {
            return nth(1);
        }

        /**
         * Spoils one call.
         *
         * @param occurrence which one from now on, counted from 1
         * @return how, to be said next
         */
        public How nth(int occurrence) {
            return new How(call, occurrence, occurrence);
        }

        /**
         * Spoils several calls in a row.
         *
         * @param times how many from now on
         * @return how, to be said next
         */
        public How next(int times) {
            return new How(call, 1, times);
        }

        /**
         * Spoils every call from now on.
         *
         * @return how, to be said next
         */
        public How everyTime() {
            return new How(call, 1, Integer.MAX_VALUE);
        }
    }

    /** Chooses how calls are spoiled. */
    public final class How {
        private final Call call;
        private final int from;
        private final int to;

        private How(Call call, int from, int to) {
            this.call = call;
            this.from = from;
            this.to = to;
        }

        private void plan(String what, Effect effect) {
            add(new Planned(call, from, to, what, effect));
        }

        /** The request does not arrive: nothing is done and the connection breaks. */
        public void lost() {
            plan("lost", (request, service) -> {
                throw new AnswerLost();
            });
        }

        /** The service does what was asked, but its answer does not arrive: the connection breaks. */
        public void doneButAnswerLost() {
            plan("answer lost", (request, service) -> {
                service.answer();
                throw new AnswerLost();
            });
        }

        /**
         * The service refuses and does nothing.
         *
         * @param status the HTTP status
         * @param code the error code
         * @param message what it says
         */
        public void refused(int status, String code, String message) {
            plan("refused with " + status + " " + code, (request, service) -> refusal(request, status, code, message));
        }

        /**
         * The service asks to come back later, in its own words, and does nothing.
         *
         * @param retryAfter what it says in {@code Retry-After}, in whole seconds
         */
        public void throttled(Duration retryAfter) {
            plan("throttled", (request, service) -> {
                boolean fabric = isFabric(request);
                String message = fabric
                        ? "Request is blocked by the upstream service until later"
                        : "The request is being throttled as the limit has been reached.";
                Answer answer = refusal(request, 429, fabric ? "RequestBlocked" : "TooManyRequests", message);
                return answer.with("Retry-After", Long.toString(retryAfter.toSeconds()));
            });
        }

        /** The service does what was asked, but its answer is cut off in the middle and is no JSON. */
        public void garbled() {
            plan("garbled", (request, service) -> {
                Answer answer = service.answer();
                String half = "{\"" + answer.body().substring(0, answer.body().length() / 2);
                return new Answer(answer.status(), answer.headers(), half);
            });
        }

        /**
         * The service does what was asked, but takes its time about it.
         *
         * @param delay how long the answer keeps the caller waiting, in real time
         */
        public void slow(Duration delay) {
            plan("slow", (request, service) -> {
                Answer answer = service.answer();
                try {
                    Waiting.real(delay);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AnswerLost();
                }
                return answer;
            });
        }

        /** The service does what was asked, and this JVM ends as if it were killed: no hook, no finally. */
        public void doneThenJvmKilled() {
            plan("JVM killed", (request, service) -> {
                service.answer();
                Runtime.getRuntime().halt(137);
                throw new AnswerLost();
            });
        }

        /**
         * Something else happens first, for instance what a second runner does, or a failover.
         *
         * @param action what happens just before the service sees the request
         */
        public void after(Runnable action) {
            plan("after something else", (request, service) -> {
                action.run();
                return service.answer();
            });
        }
    }

    private static boolean isFabric(Request request) {
        return request.host().endsWith(".fabric.microsoft.com");
    }

    private static Answer refusal(Request request, int status, String code, String message) {
        String requestId = UUID.randomUUID().toString();
        if (!isFabric(request)) {
            return new Answer(
                            status,
                            Map.of("Content-Type", "application/json"),
                            Json.object("error", Json.object("code", code, "message", message))
                                    .toString())
                    .with("x-ms-request-id", requestId);
        }
        return Answer.json(
                        status,
                        Json.object(
                                "requestId",
                                requestId,
                                "errorCode",
                                code,
                                "message",
                                message,
                                "isRetriable",
                                status == 429))
                .with("RequestId", requestId)
                .with("x-ms-public-api-error-code", code);
    }
}
