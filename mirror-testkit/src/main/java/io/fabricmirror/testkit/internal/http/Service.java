package io.fabricmirror.testkit.internal.http;

import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.LocalIdentity;

/** One of the services behind the local Azure, without any transport. */
public interface Service {
    /** Tells whether the service answers for a host name. */
    boolean serves(String host);

    /** Returns its operations. */
    Routes routes();

    /** Returns who asks, by the token in the request; refuses as the real service does. */
    LocalIdentity authenticate(Request request);

    /** Answers a request for which there is no operation. */
    Answer unknown(Request request);

    /** Adds what every answer of this service bears. */
    default Answer finish(Answer answer) {
        return answer;
    }

    /** Returns the operation a request asks for. */
    default Call call(Request request) {
        return routes().match(request).map(match -> match.route().call()).orElse(Call.UNKNOWN);
    }

    /** Answers a request, without what every answer bears. */
    default Answer answer(Request request) {
        try {
            LocalIdentity caller = authenticate(request);
            return routes().match(request)
                    .map(match -> match.route().handler().handle(new Asked(request, match.variables(), caller)))
                    .orElseGet(() -> unknown(request));
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }
}
