package io.fabricmirror.spi;

import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.ServerId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes a flexible server: Azure Resource Manager. Implementations are thread-safe. A method that changes something
 * returns when the change is done; it waits while the server is busy, within a limit of its own.
 *
 * <p>Every method throws {@link MirrorException} if it is refused, and those that change something {@link OutcomeUnknownException}
 * if the answer is lost.
 */
public interface ServerControl {
    /**
     * Reads a server.
     *
     * @param server which server
     * @return what it is
     */
    Server server(ServerId server);

    /**
     * Lists the databases.
     *
     * @param server which server
     * @return their names, the system's own included
     */
    List<String> databases(ServerId server);

    /**
     * Lists the server parameters.
     *
     * @param server which server
     * @return every parameter
     */
    List<Parameter> parameters(ServerId server);

    /**
     * Sets one parameter.
     *
     * @param server which server
     * @param name the parameter
     * @param value the new value
     */
    void changeParameter(ServerId server, String name, String value);

    /**
     * Lists the firewall rules.
     *
     * @param server which server
     * @return the rules
     */
    List<FirewallRule> firewallRules(ServerId server);

    /**
     * Creates a firewall rule.
     *
     * @param server which server
     * @param rule the rule
     */
    void createFirewallRule(ServerId server, FirewallRule rule);

    /**
     * Deletes a firewall rule; does nothing if there is none of that name.
     *
     * @param server which server
     * @param name the rule
     */
    void deleteFirewallRule(ServerId server, String name);

    /**
     * Switches the system-assigned identity on and makes it the primary one; user-assigned ones are kept.
     *
     * @param server which server
     * @return the server as it is afterwards
     */
    Server enableSystemIdentity(ServerId server);

    /**
     * Allows password sign-in beside Microsoft Entra tokens.
     *
     * @param server which server
     */
    void enablePasswordSignIn(ServerId server);

    /**
     * Returns what the caller may not do on a server.
     *
     * @param server which server
     * @param actions what it wants to do, in Azure's words, such as {@code Microsoft.DBforPostgreSQL/flexibleServers/write}
     * @return those of them that none of its roles allows; empty as well if that cannot be seen
     */
    default Set<String> missingRights(ServerId server, Set<String> actions) {
        return Set.of();
    }

    /**
     * Returns how full the server's storage is.
     *
     * @param server which server
     * @return percent, or empty if the caller may not see it
     */
    default OptionalInt storageUsed(ServerId server) {
        return OptionalInt.empty();
    }

    /**
     * Restarts the server.
     *
     * @param server which server
     */
    void restart(ServerId server);

    /**
     * A server as ARM shows it. Texts are the service's own, open to new values.
     *
     * @param id which server
     * @param tenantId the tenant its identity lives in; empty text if it has none
     * @param region the Azure region
     * @param state {@code Ready} if it can be worked with
     * @param host the full name, from ARM
     * @param version the major version
     * @param tier {@code Burstable}, {@code GeneralPurpose} or {@code MemoryOptimized}
     * @param highAvailability {@code Disabled}, {@code SameZone} or {@code ZoneRedundant}
     * @param replicationRole {@code None} or {@code Primary} if it can be written to, else a kind of replica
     * @param elasticCluster whether it is an elastic cluster
     * @param adminLogin the administrator's login; empty text if only Entra administrators exist
     * @param passwordSignIn whether password sign-in is on
     * @param network how it can be reached
     * @param identityType the identity's type as ARM writes it, such as {@code SystemAssigned}
     * @param principalId the object id of the system-assigned identity, if it is on
     */
    record Server(
            ServerId id,
            String tenantId,
            String region,
            String state,
            String host,
            int version,
            String tier,
            String highAvailability,
            String replicationRole,
            boolean elasticCluster,
            String adminLogin,
            boolean passwordSignIn,
            Network network,
            String identityType,
            @Nullable String principalId) {
        /**
         * Returns the object id of the system-assigned identity.
         *
         * @return the id, if that identity is on
         */
        public Optional<String> systemIdentity() {
            return Optional.ofNullable(principalId);
        }
    }

    /**
     * How a server can be reached.
     *
     * @param publicAccess whether public network access is on
     * @param delegatedSubnet the subnet's ARM id if the server is injected into a network, else empty text
     * @param privateEndpoints how many private endpoints are approved
     */
    record Network(boolean publicAccess, String delegatedSubnet, int privateEndpoints) {}

    /**
     * A server parameter.
     *
     * @param name its name
     * @param value its value
     * @param pendingRestart whether a value waits for a restart
     * @param readOnly whether it cannot be set
     */
    record Parameter(String name, String value, boolean pendingRestart, boolean readOnly) {}

    /**
     * A firewall rule.
     *
     * @param name its name
     * @param startAddress the first address it admits
     * @param endAddress the last
     */
    record FirewallRule(String name, String startAddress, String endAddress) {
        /** What Azure reads as any service within Azure. */
        public static final String AZURE_SERVICES_ADDRESS = "0.0.0.0";

        /**
         * Tells whether the rule admits every service within Azure.
         *
         * @return whether both addresses are 0.0.0.0
         */
        public boolean admitsAzureServices() {
            return startAddress.equals(AZURE_SERVICES_ADDRESS) && endAddress.equals(AZURE_SERVICES_ADDRESS);
        }
    }
}
