package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * The kind of a data gateway. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record GatewayType(String value) {
    /** In a subnet of an Azure virtual network. */
    public static final GatewayType VIRTUAL_NETWORK = new GatewayType("VirtualNetwork");

    /** Installed by its owner on machines of their own. */
    public static final GatewayType ON_PREMISES = new GatewayType("OnPremises");

    /** Installed by one person for themselves. */
    public static final GatewayType ON_PREMISES_PERSONAL = new GatewayType("OnPremisesPersonal");

    /** For event streams; not documented for mirroring. */
    public static final GatewayType STREAMING_VIRTUAL_NETWORK = new GatewayType("StreamingVirtualNetwork");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public GatewayType {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
