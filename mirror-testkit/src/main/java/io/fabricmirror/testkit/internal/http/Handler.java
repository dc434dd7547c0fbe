package io.fabricmirror.testkit.internal.http;

/** Answers one operation. */
@FunctionalInterface
public interface Handler {
    /** Answers the request, or leaves with a {@link Refusal}. */
    Answer handle(Asked asked);
}
