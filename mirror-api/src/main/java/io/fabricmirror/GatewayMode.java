package io.fabricmirror;

import java.util.Objects;

/**
 * How Fabric reaches the PostgreSQL server. Closed: a new way is a new major version. Immutable.
 *
 * <p>A public server is reached directly; a private one (VNet-injected, or with a private endpoint) only through a virtual
 * network data gateway, which this library uses and never creates.
 */
public sealed interface GatewayMode permits GatewayMode.PublicAccess, GatewayMode.VirtualNetwork {
    /**
     * Reaches a public server directly. Unless {@link PublicAccess#admitAzureServices()} is said, the firewall is left alone.
     *
     * @return the mode
     */
    static PublicAccess publicAccess() {
        return new PublicAccess(false);
    }

    /**
     * Reaches the server through a virtual network data gateway.
     *
     * @param gatewayId the gateway's id in Fabric, a GUID
     * @return the mode
     */
    static GatewayMode virtualNetwork(String gatewayId) {
        return new VirtualNetwork(gatewayId);
    }

    /**
     * Direct access.
     *
     * @param azureServicesAdmitted whether the rule 0.0.0.0 is part of the wanted state
     */
    record PublicAccess(boolean azureServicesAdmitted) implements GatewayMode {
        /**
         * Wants the firewall rule 0.0.0.0-0.0.0.0, which Azure reads as <em>any service within Azure</em>: every tenant's, not only
         * yours. Fabric has no fixed addresses, so a public server needs it.
         *
         * @return a mode that wants the rule
         */
        public PublicAccess admitAzureServices() {
            return new PublicAccess(true);
        }
    }

    /**
     * Access through a gateway.
     *
     * @param gatewayId the gateway's id
     */
    record VirtualNetwork(String gatewayId) implements GatewayMode {
        /**
         * Rejects a missing id.
         *
         * @param gatewayId must not be blank
         */
        public VirtualNetwork {
            if (Objects.requireNonNull(gatewayId, "gatewayId").isBlank()) {
                throw new IllegalArgumentException(
                        "gatewayId is blank; give the id shown in Manage connections and gateways");
            }
        }
    }
}
