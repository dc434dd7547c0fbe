package io.fabricmirror;

import java.util.Objects;

/**
 * What the caller knows of the network and Azure Resource Manager does not show: whether a server inside a virtual network gets out
 * to OneLake past security groups, routes and firewalls. Immutable.
 *
 * @param outbound what is known of the way from the server to OneLake
 * @param evidence who or what says so; empty text if nothing is known
 */
public record NetworkFacts(Outbound outbound, String evidence) {
    private static final NetworkFacts UNKNOWN = new NetworkFacts(Outbound.UNKNOWN, "");

    /** What is known of a way out. */
    public enum Outbound {
        /** Nothing is known. */
        UNKNOWN,
        /** It is open. */
        ALLOWED,
        /** Something blocks it. */
        BLOCKED
    }

    /**
     * Rejects missing values.
     *
     * @param outbound must not be null
     * @param evidence must not be null
     */
    public NetworkFacts {
        Objects.requireNonNull(outbound, "outbound");
        Objects.requireNonNull(evidence, "evidence");
    }

    /**
     * Says that nothing is known.
     *
     * @return the facts
     */
    public static NetworkFacts unknown() {
        return UNKNOWN;
    }

    /**
     * Says that the server's subnet lets it out to OneLake by HTTPS.
     *
     * @param evidence who or what says so, such as {@code rule allow-onelake of nsg-data}
     * @return the facts
     */
    public static NetworkFacts outboundAllowed(String evidence) {
        return new NetworkFacts(Outbound.ALLOWED, evidence);
    }

    /**
     * Says that something keeps the server from OneLake.
     *
     * @param evidence what blocks it, such as {@code rule deny-internet of nsg-data}
     * @return the facts
     */
    public static NetworkFacts outboundBlocked(String evidence) {
        return new NetworkFacts(Outbound.BLOCKED, evidence);
    }
}
