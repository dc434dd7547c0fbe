package io.fabricmirror.core.internal.reach;

import io.fabricmirror.spi.ServerControl.FirewallRule;
import io.fabricmirror.spi.ServerControl.Server;
import java.util.List;
import java.util.Optional;

/**
 * How a server stands in the network, as Azure Resource Manager shows it.
 *
 * @param kind the kind of network
 * @param evidence what shows it, in words
 */
public record Posture(Kind kind, String evidence) {
    /** The kinds of network. */
    public enum Kind {
        /** Public, and Azure's own services are admitted. */
        PUBLIC_WITH_AZURE,
        /** Public, and only the addresses of its firewall rules are admitted. */
        PUBLIC,
        /** Reached through private endpoints only. */
        PRIVATE_ENDPOINT,
        /** Inside a virtual network. */
        VNET_INJECTED
    }

    /** Reads the posture of a server. */
    public static Posture of(Server server, List<FirewallRule> rules) {
        if (!server.network().delegatedSubnet().isEmpty()) {
            return new Posture(
                    Kind.VNET_INJECTED,
                    "injected into subnet " + server.network().delegatedSubnet());
        } else if (!server.network().publicAccess()) {
            return new Posture(
                    Kind.PRIVATE_ENDPOINT,
                    "public network access is off, " + server.network().privateEndpoints() + " private endpoints");
        }

        Optional<FirewallRule> azure =
                rules.stream().filter(FirewallRule::admitsAzureServices).findFirst();
        return azure.map(rule -> new Posture(
                        Kind.PUBLIC_WITH_AZURE, "public, firewall rule " + rule.name() + " admits Azure services"))
                .orElseGet(() -> new Posture(
                        Kind.PUBLIC, "public, " + rules.size() + " firewall rules, none of them 0.0.0.0-0.0.0.0"));
    }

    boolean isPublic() {
        return kind == Kind.PUBLIC || kind == Kind.PUBLIC_WITH_AZURE;
    }
}
