package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.GatewayEncryption;
import io.fabricmirror.fabric.internal.Json;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts credentials into the form that the way of a connection asks for. */
final class GatewayCredentials {
    private final Gateways gateways;

    GatewayCredentials(Gateways gateways) {
        this.gateways = gateways;
    }

    /** As they are, or encrypted for each machine of an on-premises gateway, which this asks for its keys. */
    ObjectNode json(Credentials credentials, Connectivity connectivity, @Nullable UUID gatewayId) {
        if (gatewayId == null) {
            return credentials.json();
        }
        if (connectivity.equals(Connectivity.ON_PREMISES_GATEWAY)) {
            return forCluster(credentials, gatewayId);
        }
        if (connectivity.equals(Connectivity.ON_PREMISES_GATEWAY_PERSONAL)) {
            return forPersonal(credentials, gatewayId);
        }
        return credentials.json();
    }

    private ObjectNode forCluster(Credentials credentials, UUID gatewayId) {
        ObjectNode json = Json.object().put("credentialType", credentials.type().value());
        ArrayNode values = json.putArray("values");
        List<GatewayMember> members = gateways.members(gatewayId);
        if (members.isEmpty()) {
            throw unusable("the service shows no public key of gateway " + gatewayId);
        }
        for (GatewayMember member : members) {
            values.addObject()
                    .put("gatewayId", member.id().toString())
                    .put("encryptedCredentials", encrypted(credentials, member.publicKey(), member.id()));
        }
        return json;
    }

    private ObjectNode forPersonal(Credentials credentials, UUID gatewayId) {
        return Json.object()
                .put("credentialType", credentials.type().value())
                .put(
                        "encryptedCredentials",
                        encrypted(credentials, gateways.get(gatewayId).publicKey(), gatewayId));
    }

    private static String encrypted(Credentials credentials, Gateway.@Nullable PublicKey key, UUID gatewayId) {
        if (key == null) {
            throw unusable("the service shows no public key of gateway " + gatewayId);
        }
        String data = credentials.credentialData();
        try {
            return GatewayEncryption.encrypt(key, data);
        } catch (IllegalArgumentException e) {
            throw unusable("the public key of gateway " + gatewayId + " cannot be used");
        }
    }

    private static FabricException unusable(String message) {
        return new FabricException(
                "Cannot encrypt credentials: " + message
                        + "; check that it is on-premises and the caller has a role on it",
                200,
                FabricError.of(FabricErrorCode.UNREADABLE, message),
                null);
    }
}
