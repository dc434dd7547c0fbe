package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A data gateway.
 *
 * @param id its id
 * @param type its kind; what else is told depends on it
 * @param displayName its name; empty text for personal gateways
 * @param capacityId the capacity that pays for a virtual network gateway, or null
 * @param subnet where a virtual network gateway is, or null
 * @param publicKey the key of an on-premises gateway, or null
 */
public record Gateway(
        UUID id,
        GatewayType type,
        String displayName,
        @Nullable UUID capacityId,
        @Nullable Subnet subnet,
        @Nullable PublicKey publicKey) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param type must not be null
     * @param displayName must not be null
     * @param capacityId the capacity, or null
     * @param subnet the subnet, or null
     * @param publicKey the key, or null
     */
    public Gateway {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(displayName, "displayName");
    }

    /**
     * A subnet of an Azure virtual network.
     *
     * @param subscriptionId the subscription
     * @param resourceGroup the resource group
     * @param virtualNetwork the virtual network
     * @param name the subnet
     */
    public record Subnet(UUID subscriptionId, String resourceGroup, String virtualNetwork, String name) {
        /**
         * Rejects missing values.
         *
         * @param subscriptionId must not be null
         * @param resourceGroup must not be null
         * @param virtualNetwork must not be null
         * @param name must not be null
         */
        public Subnet {
            Objects.requireNonNull(subscriptionId, "subscriptionId");
            Objects.requireNonNull(resourceGroup, "resourceGroup");
            Objects.requireNonNull(virtualNetwork, "virtualNetwork");
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * The RSA key that credentials for an on-premises gateway are encrypted with.
     *
     * @param exponent in base64
     * @param modulus in base64
     */
    public record PublicKey(String exponent, String modulus) {
        /**
         * Rejects missing values.
         *
         * @param exponent must not be null
         * @param modulus must not be null
         */
        public PublicKey {
            Objects.requireNonNull(exponent, "exponent");
            Objects.requireNonNull(modulus, "modulus");
        }
    }
}
