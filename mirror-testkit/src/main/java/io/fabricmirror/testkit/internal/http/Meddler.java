package io.fabricmirror.testkit.internal.http;

import io.fabricmirror.testkit.Call;

/** Stands between the caller and a service, and may spoil a call. */
@FunctionalInterface
public interface Meddler {
    /** The rest of the way to the service. */
    @FunctionalInterface
    interface Onward {
        /** Lets the service do what was asked. */
        Answer answer();
    }

    /** Answers a call, by asking the service or otherwise; may throw {@link AnswerLost}. */
    Answer around(Call call, Request request, Onward service);
}
