package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.Gateway;
import io.fabricmirror.fabric.GatewayHealth;
import io.fabricmirror.fabric.GatewayMember;
import io.fabricmirror.fabric.GatewayStatus;
import io.fabricmirror.fabric.GatewayType;
import java.util.UUID;
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

    public static GatewayMember member(Fields fields) {
        return new GatewayMember(
                fields.id("id"),
                fields.textOrEmpty("displayName"),
                fields.textOrEmpty("version"),
                fields.flag("enabled"),
                key(fields.object("publicKey")));
    }

    public static GatewayStatus status(Fields fields) {
        return new GatewayStatus(
                new GatewayHealth(fields.text("status")),
                fields.textOrEmpty("gatewayVersion"),
                fields.list("errorDetails", "error").stream()
                        .map(error -> ErrorReader.detail(error, Redaction.NONE))
                        .toList());
    }

    private static Gateway.@Nullable Subnet subnet(Fields fields) {
        UUID subscription = fields.idOrNull("subscriptionId");
        return subscription == null
                ? null
                : new Gateway.Subnet(
                        subscription,
                        fields.textOrEmpty("resourceGroupName"),
                        fields.textOrEmpty("virtualNetworkName"),
                        fields.textOrEmpty("subnetName"));
    }

    private static Gateway.@Nullable PublicKey key(Fields fields) {
        String exponent = fields.textOrNull("exponent");
        String modulus = fields.textOrNull("modulus");
        return exponent == null || modulus == null ? null : new Gateway.PublicKey(exponent, modulus);
    }
}
