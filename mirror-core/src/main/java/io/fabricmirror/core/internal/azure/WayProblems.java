package io.fabricmirror.core.internal.azure;

import io.fabricmirror.Problem;
import java.util.Optional;

/** Explains what keeps a request from a service, whichever service it is. */
final class WayProblems {
    private WayProblems() {}

    /**
     * Returns the problem if there was no answer.
     *
     * @param service who was asked
     * @param what what was attempted, as "read server pg-orders"
     * @param error what came back
     * @return the problem, or empty if the service itself answered
     */
    static Optional<Problem> explain(String service, String what, ServiceError error) {
        String cannot = "cannot " + what + ": ";
        return switch (error.kind()) {
            case NOT_SENT, NO_ANSWER ->
                Optional.of(
                        Problem.of("AZURE_NOT_REACHABLE", cannot + service + " does not answer this host")
                                .seen(error.message())
                                .cause("no route, no name resolution, or a proxy that this Java does not know")
                                .remedy(
                                        "let this host reach it, or hand an httpClient with the proxy to the builder, then run again"));
            case NOT_TRUSTED ->
                Optional.of(
                        Problem.of("TLS_NOT_TRUSTED", cannot + "the certificate of " + service + " is not trusted")
                                .seen(error.message())
                                .cause(
                                        "a proxy inspects TLS, or the Java trust store lacks the authority that signed it")
                                .remedy(
                                        "add that authority to the trust store of this Java; verification is never switched off"));
            case NO_TOKEN ->
                Optional.of(Problem.of("SIGN_IN_FAILED", cannot + "the credential gave no token for " + service)
                        .seen(error.message())
                        .remedy("sign in again, or correct tenant, client id and secret of the credential"));
            case INTERRUPTED -> Optional.of(Problem.of("INTERRUPTED", cannot + "the thread was interrupted"));
            case UNEXPECTED ->
                Optional.of(Problem.of(
                                "UNEXPECTED_ERROR", cannot + "a library failed; the cause of this exception has more")
                        .seen(error.message()));
            case REFUSED, BUSY, BROKEN -> Optional.empty();
        };
    }
}
