package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * How a connection reaches its source. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record Connectivity(String value) {
    /** Straight from the cloud, shareable. */
    public static final Connectivity CLOUD = new Connectivity("ShareableCloud");

    /** Straight from the cloud, for one person; the service does not let clients create it. */
    public static final Connectivity PERSONAL_CLOUD = new Connectivity("PersonalCloud");

    /** Through a virtual network data gateway. */
    public static final Connectivity VIRTUAL_NETWORK_GATEWAY = new Connectivity("VirtualNetworkGateway");

    /** Through an on-premises data gateway. */
    public static final Connectivity ON_PREMISES_GATEWAY = new Connectivity("OnPremisesGateway");

    /** Through a personal on-premises data gateway. */
    public static final Connectivity ON_PREMISES_GATEWAY_PERSONAL = new Connectivity("OnPremisesGatewayPersonal");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public Connectivity {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
