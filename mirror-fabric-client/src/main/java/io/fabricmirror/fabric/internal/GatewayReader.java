package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.Gateway;
import io.fabricmirror.fabric.GatewayType;
import org.jspecify.annotations.Nullable;

/** Reads gateways. */
public final class GatewayReader {
    private GatewayReader() {}

    public static Gateway gateway(Fields fields) {
        return new Gateway(
                fields.id("id"),
                new GatewayType(fields.text("type")),
                fields.textOrEmpty("displayName"),
                fields.idOrNull("capacityId"),
                subnet(fields.object("virtualNetworkAzureResource")),
                key(fields.object("publicKey")));
    }

    private static Gateway.@Nullable Subnet subnet(Fields fields) {
        return fields.present()
                ? new Gateway.Subnet(
                        fields.id("subscriptionId"),
                        fields.textOrEmpty("resourceGroupName"),
                        fields.textOrEmpty("virtualNetworkName"),
                        fields.textOrEmpty("subnetName"))
                : null;
    }

    private static Gateway.@Nullable PublicKey key(Fields fields) {
        return fields.present() ? new Gateway.PublicKey(fields.text("exponent"), fields.text("modulus")) : null;
    }
}
