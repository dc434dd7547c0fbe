package io.fabricmirror.core.internal.sql;

import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.Problem;
import io.fabricmirror.spi.SourceDatabase.Login;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains what PostgreSQL refuses. Messages come from the server and hold no secret: no statement text is quoted. */
public final class SqlProblems {
    /** Code of a login that the server refused. */
    public static final String LOGIN_REFUSED = "LOGIN_REFUSED";

    /** Code of a server that no packet reaches. */
    public static final String SERVER_NOT_REACHABLE = "SERVER_NOT_REACHABLE";

    /** Code of a server that is going down or coming up, or that ended a session. */
    public static final String SERVER_RESTARTING = "SERVER_RESTARTING";

    /** What stands for the place of a password where a token is used. */
    public static final String TOKEN = "a Microsoft Entra token";

    private SqlProblems() {}

    /**
     * Explains a refused statement.
     *
     * @param e what the driver says
     * @return the exception to throw
     */
    public static MirrorException statement(SQLException e) {
        if (isRestarting(e) || state(e).startsWith("08")) {
            return new MirrorException(
                    Problem.of(SERVER_RESTARTING, "PostgreSQL ended the session")
                            .seen(seen(e))
                            .remedy("run again when the server is up; nothing that was done is repeated"),
                    e);
        }

        if (Sql.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
            return new MirrorException(
                    Problem.of("TABLE_LOCKED", "a table stayed locked")
                            .seen(seen(e))
                            .remedy(
                                    "run again when what holds the lock is done: select * from pg_locks where not granted"),
                    e);
        }

        Problem problem = Problem.of("SQL_REFUSED", "PostgreSQL refused a statement: " + firstLine(e))
                .seen(seen(e));
        return new MirrorException(
                state(e).equals("42501")
                        ? problem.remedy(
                                "let somebody who may grant it give the administrator this right, then run again")
                        : problem,
                e);
    }

    /**
     * Explains a refused login.
     *
     * @param e what the driver says
     * @param login who wanted in; its password is not shown
     * @param secretName where the password came from
     * @return the exception to throw
     */
    public static MirrorException login(SQLException e, Login login, String secretName) {
        String state = state(e);
        String where = login.host() + "/" + login.database();
        Problem problem;
        if (isTls(e)) {
            problem = Problem.of("TLS_NOT_TRUSTED", "the certificate of " + login.host() + " is not trusted")
                    .seen(seen(e))
                    .cause(
                            "a proxy inspects TLS and shows its own certificate, or the Java trust store lacks the authority that issued the"
                                    + " server's, or it is for another name or out of date")
                    .remedy("add that authority to the trust store of this Java; verification is never switched off");
        } else if (isRestarting(e) || e.getCause() instanceof ConnectException) {
            problem = Problem.of(SERVER_RESTARTING, login.host() + " takes no logins now")
                    .seen(seen(e))
                    .remedy("wait until the server is up, then run again");
        } else if (state.startsWith("28") && secretName.equals(TOKEN)) {
            problem = Problem.of(LOGIN_REFUSED, where + " refused \"" + login.user() + "\" with " + TOKEN)
                    .seen(seen(e) + "; network and TLS are fine")
                    .cause(
                            "Microsoft Entra sign-in is off, there is no such role, or it is mapped to another principal than the"
                                    + " credential's")
                    .remedy(
                            "switch Microsoft Entra sign-in on, and make the credential's principal an Entra administrator of"
                                    + " the server with the role name that the plan gives");
        } else if (state.equals("28P01")) {
            problem = Problem.of(
                            LOGIN_REFUSED,
                            where + " refused \"" + login.user() + "\" with the password in " + secretName)
                    .seen(seen(e) + "; network and TLS are fine")
                    .cause(
                            "the password was changed on the server after it was stored, or the secret holds another one")
                    .remedy("store the current password as a new version of " + secretName);
        } else if (state.startsWith("28")) {
            problem = Problem.of(LOGIN_REFUSED, where + " does not let \"" + login.user() + "\" in")
                    .seen(seen(e))
                    .cause("the role does not exist or may not log in, or the server admits no such login from here")
                    .remedy("look at the server's sign-in settings and at the role");
        } else if (state.startsWith("08") || e.getCause() instanceof IOException) {
            problem = Problem.of(SERVER_NOT_REACHABLE, "this host cannot reach " + login.host() + ":5432")
                    .seen(seen(e))
                    .cause(
                            "the firewall of the server does not admit this host, or the server is private and this host is outside")
                    .remedy("run the same plan on a host that the server admits");
        } else {
            problem = Problem.of("LOGIN_FAILED", where + " did not let \"" + login.user() + "\" in: " + firstLine(e))
                    .seen(seen(e));
        }
        return new MirrorException(problem, e);
    }

    /**
     * Tells whether a login may succeed a little later by itself.
     *
     * @param e what this class made of the driver's exception
     * @return whether the server is on its way up, or the network to it
     */
    public static boolean isPassing(MirrorException e) {
        return e.code().equals(SERVER_RESTARTING) || e.code().equals(SERVER_NOT_REACHABLE);
    }

    /**
     * Explains a refused change. If the connection broke, nobody knows whether the change was made.
     *
     * @param e what the driver says
     * @param what the change in words
     * @return the exception to throw
     */
    public static MirrorException change(SQLException e, String what) {
        return isRestarting(e) || state(e).startsWith("08") ? new OutcomeUnknownException(what, e) : statement(e);
    }

    private static boolean isRestarting(SQLException e) {
        // admin_shutdown, crash_shutdown, cannot_connect_now; and too_many_connections, when all clients come back at
        // once
        return state(e).startsWith("57P") || state(e).equals("53300");
    }

    private static String state(SQLException e) {
        return Objects.requireNonNullElse(e.getSQLState(), "");
    }

    private static boolean isTls(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || cause instanceof CertificateRefused) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether a server that was sent a role's password refuses the password, rather than the right to set it.
     *
     * @param e what the driver says
     * @return whether it is about the password
     */
    public static boolean isAboutPassword(SQLException e) {
        // What password checks raise: invalid_parameter_value, invalid_password, feature_not_supported; and what a
        // check
        // of one's own raises.
        return List.of("22023", "28P01", "0A000", "P0001", "XX000").contains(state(e));
    }

    /**
     * Returns the facts of a refusal.
     *
     * @param e what the driver says
     * @return the state and the first line of the message, which never quotes the statement
     */
    public static String seen(SQLException e) {
        return "SQLSTATE " + e.getSQLState() + ", " + firstLine(e);
    }

    private static String firstLine(SQLException e) {
        @Nullable String message = e.getMessage();
        return message == null ? "no message" : message.lines().findFirst().orElse("no message");
    }
}
