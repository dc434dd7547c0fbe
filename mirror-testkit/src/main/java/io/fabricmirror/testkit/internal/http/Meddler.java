package io.fabricmirror.testkit.internal.http;

import io.fabricmirror.testkit.Call;
import java.util.function.Supplier;

/** Stands between the caller and a service, and may spoil a call. */
@FunctionalInterface
public interface Meddler {
    /** Answers a call, by asking the service or otherwise; may throw {@link AnswerLost}. */
    Answer around(Call call, Request request, Supplier<Answer> service);
}
