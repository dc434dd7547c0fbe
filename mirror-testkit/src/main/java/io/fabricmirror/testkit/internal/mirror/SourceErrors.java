package io.fabricmirror.testkit.internal.mirror;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** What the source's refusals mean to Fabric. */
public final class SourceErrors {
    /** What Fabric says when nothing answers. */
    public static final String UNREACHABLE =
            "A connection attempt failed because the connected party did not properly respond after a period of time, or"
                    + " established connection failed because connected host has failed to respond.";

    private SourceErrors() {}

    /** Explains why a session or a statement failed. */
    public static Failure explain(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        if (isLoginRefused(e)) {
            return new Failure(
                    "IncorrectCredentials",
                    "The credentials provided for the AzurePostgreSQL source are invalid. " + message(e));
        }
        if (state.equals("42501")) {
            return new Failure("NOT_TABLE_OWNER", message(e));
        }
        return new Failure("InternalError", "Internal error. " + message(e));
    }

    /** Tells whether the server took the connection but not the login. */
    public static boolean isLoginRefused(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        return state.startsWith("28") || state.equals("08004"); // the latter: the driver has no password to send
    }

    /** Tells whether the same may work later: the server is away for a while. */
    static boolean passes(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("55006") // the slot is still held by the session that broke
                || isLoginRefused(e)
                || Optional.ofNullable(e.getCause())
                        .filter(SocketTimeoutException.class::isInstance)
                        .isPresent();
    }

    private static String message(SQLException e) {
        return Objects.requireNonNullElse(e.getMessage(), "");
    }
}
