package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.FabricErrorCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a person can do about an error code. Codes without an entry pass unharmed. */
public final class Remedies {
    private static final Map<String, String> BY_CODE = new HashMap<>();

    static {
        put(FabricErrorCode.NO_ANSWER, "check network, proxy and host name");
        put(FabricErrorCode.NOT_SENT, "give the call more time, or send fewer requests with this credential");
        put(FabricErrorCode.NO_TOKEN, "check the credential: tenant, client id, secret or identity");
        put(FabricErrorCode.HTTP_ERROR, "look at what is between here and Fabric: proxy, firewall, private link");
        put(FabricErrorCode.TOKEN_EXPIRED, "check this machine's clock");
        put(FabricErrorCode.REQUEST_BLOCKED, "send fewer requests with this credential, or wait");
        put(
                FabricErrorCode.UNKNOWN_ERROR,
                "if it is about a role, check the principal's id and type; else give the request id to support");
        put(FabricErrorCode.ENTITY_NOT_FOUND, "check the id, and that the caller has a role on it");
        put(FabricErrorCode.ITEM_NOT_FOUND, "check workspace and item id; it may have been deleted");
        put(FabricErrorCode.WORKSPACE_NOT_FOUND, "check the id, and that the caller has a role in the workspace");
        put(
                FabricErrorCode.PRINCIPAL_NOT_FOUND,
                "check the object id (not the application id); a new identity is known after some minutes");
        put(FabricErrorCode.PRINCIPAL_HAS_ROLE, "read the role assignments and change the existing one");
        put(FabricErrorCode.INSUFFICIENT_WORKSPACE_ROLE, "have a workspace admin raise the caller's role");
        put(FabricErrorCode.INSUFFICIENT_PRIVILEGES, "have an admin give the caller the role this call needs");
        put(
                FabricErrorCode.FEATURE_NOT_AVAILABLE,
                "have a Fabric admin check tenant settings and the capacity's kind and region");
        put(FabricErrorCode.TENANT_SWITCH_DISABLED, "have a Fabric admin switch the tenant setting on");
        put(FabricErrorCode.NAME_IN_USE, "take another display name, or adopt the existing item");
        put(FabricErrorCode.NAME_NOT_AVAILABLE_YET, "wait some minutes, or take another display name");
        put(
                FabricErrorCode.DUPLICATE_CONNECTION_NAME,
                "take another name, or have its owner share the connection; it may be invisible to the caller");
        put(FabricErrorCode.DUPLICATE_GATEWAY_NAME, "take another name, or use the existing gateway");
        put(
                FabricErrorCode.INCORRECT_CREDENTIALS,
                "check user and password, and that Fabric reaches the server: firewall rule or gateway");
        put(
                FabricErrorCode.INVALID_CONNECTION_DETAILS,
                "compare with the supported connection types; their names are case-sensitive and change");
        put(FabricErrorCode.INVALID_CREDENTIAL_DETAILS, "use a credential type that the connection type supports");
        put(FabricErrorCode.CANNOT_UPDATE_CREDENTIAL_TYPE, "create a new connection with the other credentials");
        put(FabricErrorCode.SKIP_TEST_NOT_SUPPORTED, "leave the test on and make the server reachable first");
        put(FabricErrorCode.OPERATION_NOT_ALLOWED_NOW, "read the mirroring status and wait for Initialized or Stopped");
        put(FabricErrorCode.CAPACITY_NOT_ACTIVE, "resume the capacity");
        put(FabricErrorCode.NO_CAPACITY, "assign the workspace to a Fabric capacity");
        put(FabricErrorCode.CORRUPTED_PAYLOAD, "check mirroring.json and .platform");
    }

    private Remedies() {}

    private static void put(FabricErrorCode code, String remedy) {
        BY_CODE.put(code.value(), remedy);
    }

    /** The remedy of a code. */
    public static Optional<String> of(FabricErrorCode code) {
        String exact = BY_CODE.get(code.value());
        if (exact != null) {
            return Optional.of(exact);
        }
        return BY_CODE.entrySet().stream()
                .filter(entry -> new FabricErrorCode(entry.getKey()).means(code))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
