package io.fabricmirror.core.internal.sql;

import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import io.fabricmirror.spi.NetworkClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what a knock at a server's door met. Only what keeps this host outside counts; what a login meets is said when it is made. */
public final class KnockProblems {
    /** What PostgreSQL says to an address that its rules do not name; Azure's firewall answers with it. */
    private static final Pattern NOT_ADMITTED = Pattern.compile("no pg_hba\\.conf entry for host \"([0-9.]+)\"");

    private static final String INSIDE = "run the same plan on a host inside the server's network";

    private KnockProblems() {}

    /**
     * Lets pass what shows that the server answers.
     *
     * @throws NetworkClosedException if its firewall does not admit this host
     * @throws MirrorException if nothing answers
     */
    static void check(String host, SQLException e) {
        Optional<NetworkClosedException> closed = notAdmitted(host, e);
        if (closed.isPresent()) {
            throw closed.get();
        } else if (find(e, UnknownHostException.class)) {
            throw new MirrorException(
                    Problem.of("SERVER_NAME_UNKNOWN", "this host cannot resolve the name " + host + " (DNS)")
                            .cause("a private server's name is known only where its private DNS zone is linked")
                            .who("whoever runs the network")
                            .remedy(INSIDE + ", or link its private DNS zone to this host's network"),
                    e);
        } else if (find(e, IOException.class) && !find(e, ConnectException.class) && !isTls(e)) {
            throw new MirrorException(
                    Problem.of("SERVER_NOT_REACHABLE", "nothing answers this host at " + host + ":5432 (TCP)")
                            .seen(message(e).lines().findFirst().orElse(""))
                            .cause(
                                    "the server is private and this host is outside its network, or a firewall on the way drops port 5432")
                            .who("whoever runs the network")
                            .remedy(INSIDE + ", or open port 5432 on the way"),
                    e);
        }
    }

    /**
     * Tells whether a login was refused because the server's firewall does not admit this host.
     *
     * @param host the server's full name
     * @param e what the driver says
     * @return the exception to throw, if so
     */
    public static Optional<NetworkClosedException> notAdmitted(String host, SQLException e) {
        Matcher refused = NOT_ADMITTED.matcher(message(e));
        if (!refused.find() || !isPublic(refused.group(1))) {
            // A private address did not come through the firewall: what refused it are the server's sign-in settings.
            return Optional.empty();
        }

        Problem problem = Problem.of("SERVER_FIREWALL", "the firewall of " + host + " does not admit this host")
                .seen("no rule for address " + refused.group(1))
                .who("whoever answers for the server's network")
                .remedy("run on a host that the firewall admits, or let it admit " + refused.group(1));
        return Optional.of(new NetworkClosedException(problem, Optional.of(refused.group(1)), e));
    }

    private static boolean isPublic(String address) {
        try {
            // A literal address; no name is looked up.
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet4Address && !parsed.isLoopbackAddress() && !parsed.isSiteLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String message(SQLException e) {
        return Objects.requireNonNullElse(e.getMessage(), "");
    }

    private static boolean isTls(SQLException e) {
        return find(e, javax.net.ssl.SSLException.class);
    }

    private static boolean find(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
