package io.fabricmirror;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is wrong, what was seen, why, and what to do. Immutable; each method that sets something returns a changed copy. Holds
 * no secret.
 */
public final class Problem {
    private final String code;
    private final String what;
    private final @Nullable String seen;
    private final @Nullable String cause;
    private final @Nullable String remedy;
    private final @Nullable String who;
    private final @Nullable String requestId;
    private final boolean system;

    private Problem(
            String code,
            String what,
            @Nullable String seen,
            @Nullable String cause,
            @Nullable String remedy,
            @Nullable String who,
            @Nullable String requestId,
            boolean system) {
        this.code = Objects.requireNonNull(code, "code");
        this.what = Objects.requireNonNull(what, "what");
        this.seen = seen;
        this.cause = cause;
        this.remedy = remedy;
        this.who = who;
        this.requestId = requestId;
        this.system = system;
    }

    /**
     * Returns a problem.
     *
     * @param code a stable, searchable code in capitals
     * @param what what is wrong, as a sentence without its full stop
     * @return the problem
     */
    public static Problem of(String code, String what) {
        return new Problem(code, what, null, null, null, null, null, false);
    }

    /**
     * Returns a problem that nobody who runs or prepares a plan has caused: a service, the network or this library failed. Trying
     * again is all they can do.
     *
     * @param code a stable, searchable code in capitals
     * @param what what is wrong, as a sentence without its full stop
     * @return the problem
     */
    public static Problem ofSystem(String code, String what) {
        return new Problem(code, what, null, null, null, null, null, true);
    }

    /**
     * Adds the facts.
     *
     * @param facts what was seen
     * @return a copy with the facts
     */
    public Problem seen(String facts) {
        return new Problem(code, what, Objects.requireNonNull(facts, "facts"), cause, remedy, who, requestId, system);
    }

    /**
     * Adds the reason.
     *
     * @param reason why it is so
     * @return a copy with the reason
     */
    public Problem cause(String reason) {
        return new Problem(code, what, seen, Objects.requireNonNull(reason, "reason"), remedy, who, requestId, system);
    }

    /**
     * Adds the way out.
     *
     * @param action what to do
     * @return a copy with the way out
     */
    public Problem remedy(String action) {
        return new Problem(code, what, seen, cause, Objects.requireNonNull(action, "action"), who, requestId, system);
    }

    /**
     * Adds who can act.
     *
     * @param person who, by role
     * @return a copy with the person
     */
    public Problem who(String person) {
        return new Problem(
                code, what, seen, cause, remedy, Objects.requireNonNull(person, "person"), requestId, system);
    }

    /**
     * Adds the service's own id of the request.
     *
     * @param id the request id
     * @return a copy with the id
     */
    public Problem requestId(String id) {
        return new Problem(code, what, seen, cause, remedy, who, Objects.requireNonNull(id, "id"), system);
    }

    /**
     * Returns the code.
     *
     * @return the code, stable between versions
     */
    public String code() {
        return code;
    }

    /**
     * Returns what is wrong.
     *
     * @return a sentence without its full stop
     */
    public String what() {
        return what;
    }

    /**
     * Returns the facts.
     *
     * @return the facts, if there are any to tell
     */
    public Optional<String> seen() {
        return Optional.ofNullable(seen);
    }

    /**
     * Returns the reason.
     *
     * @return the reason, if it is known
     */
    public Optional<String> cause() {
        return Optional.ofNullable(cause);
    }

    /**
     * Returns the way out.
     *
     * @return what to do, if anything can be done
     */
    public Optional<String> remedy() {
        return Optional.ofNullable(remedy);
    }

    /**
     * Returns who can act.
     *
     * @return who, if it is not simply the caller
     */
    public Optional<String> who() {
        return Optional.ofNullable(who);
    }

    /**
     * Returns the service's own id of the request.
     *
     * @return the id, if a service was asked
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /**
     * Tells whether a person can mend it: whoever wrote the plan, runs it, or gives rights and consents.
     *
     * @return false if a service, the network or this library failed
     */
    public boolean userError() {
        return !system;
    }

    /**
     * Returns the problem on one line: code, what, remedy.
     *
     * @return one line
     */
    public String line() {
        return code + ": " + what + (remedy == null ? "" : "; " + remedy);
    }

    /**
     * Returns the problem as a block: one line each for what, seen, cause, who and remedy.
     *
     * @return lines that end with a newline
     */
    public String text() {
        StringBuilder text = new StringBuilder(code).append(": ").append(what).append('\n');
        String facts = seen == null
                ? requestId == null ? null : "request id " + requestId
                : requestId == null ? seen : seen + "; request id " + requestId;
        append(text, "seen", facts);
        append(text, "cause", cause);
        append(text, "who", who);
        append(text, "remedy", remedy);
        return text.toString();
    }

    private static void append(StringBuilder text, String label, @Nullable String value) {
        if (value != null) {
            text.append("  ")
                    .append(label)
                    .append(" ".repeat(8 - label.length()))
                    .append(value)
                    .append('\n');
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Problem that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    /** Returns the problem on one line. */
    @Override
    public String toString() {
        return line();
    }
}
