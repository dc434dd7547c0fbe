package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * How a connection signs in to its source. Immutable; its text never shows a secret.
 *
 * <p>PostgreSQL connections accept {@link #basic(String, String)} only; the others are for connections to other sources, such as
 * the Key Vault that {@link #basicFromKeyVault(String, UUID, String)} refers to.
 */
public final class Credentials {
    private static final List<CredentialType> GATEWAY_TYPES =
            List.of(CredentialType.BASIC, CredentialType.WINDOWS, CredentialType.KEY, CredentialType.ANONYMOUS);

    private final CredentialType type;
    private final Map<String, String> open;
    private final Map<String, String> secret;
    private final Map<String, Map<String, String>> references;

    private Credentials(
            CredentialType type,
            Map<String, String> open,
            Map<String, String> secret,
            Map<String, Map<String, String>> references) {
        this.type = type;
        this.open = open;
        this.secret = secret;
        this.references = references;
    }

    /**
     * Signs in with user name and password.
     *
     * @param username the user or database role
     * @param password its password
     * @return the credentials
     */
    public static Credentials basic(String username, String password) {
        return new Credentials(CredentialType.BASIC, one("username", username), one("password", password), Map.of());
    }

    /**
     * Signs in with a user name and a password that Fabric reads from a Key Vault at each use.
     *
     * <p>Limits, as documented: not for connections through a virtual network gateway; the vault must be reachable publicly.
     *
     * @param username the user or database role
     * @param keyVaultConnectionId the Fabric connection, of type {@code AzureKeyVault}, to the vault
     * @param secretName the name of the secret
     * @return the credentials
     */
    public static Credentials basicFromKeyVault(String username, UUID keyVaultConnectionId, String secretName) {
        Map<String, String> reference = new LinkedHashMap<>();
        reference.put("connectionId", keyVaultConnectionId.toString());
        reference.put("secretName", Objects.requireNonNull(secretName, "secretName"));
        return new Credentials(
                CredentialType.BASIC, one("username", username), Map.of(), Map.of("passwordReference", reference));
    }

    /**
     * Signs in with a Windows account; for on-premises gateways.
     *
     * @param username the account
     * @param password its password
     * @return the credentials
     */
    public static Credentials windows(String username, String password) {
        return new Credentials(CredentialType.WINDOWS, one("username", username), one("password", password), Map.of());
    }

    /**
     * Signs in as an application.
     *
     * @param tenantId the tenant
     * @param clientId the application id
     * @param clientSecret its secret
     * @return the credentials
     */
    public static Credentials servicePrincipal(UUID tenantId, UUID clientId, String clientSecret) {
        Map<String, String> open = new LinkedHashMap<>();
        open.put("tenantId", tenantId.toString());
        open.put("servicePrincipalClientId", clientId.toString());
        return new Credentials(
                CredentialType.SERVICE_PRINCIPAL, open, one("servicePrincipalSecret", clientSecret), Map.of());
    }

    /**
     * Signs in with an account key.
     *
     * @param key the key
     * @return the credentials
     */
    public static Credentials key(String key) {
        return new Credentials(CredentialType.KEY, Map.of(), one("key", key), Map.of());
    }

    /**
     * Signs in as the workspace that uses the connection.
     *
     * @return the credentials
     */
    public static Credentials workspaceIdentity() {
        return new Credentials(CredentialType.WORKSPACE_IDENTITY, Map.of(), Map.of(), Map.of());
    }

    /**
     * Does not sign in.
     *
     * @return the credentials
     */
    public static Credentials anonymous() {
        return new Credentials(CredentialType.ANONYMOUS, Map.of(), Map.of(), Map.of());
    }

    /**
     * Returns the kind of credentials.
     *
     * @return the kind
     */
    public CredentialType type() {
        return type;
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("credentialType", type.value());
        open.forEach(json::put);
        secret.forEach(json::put);
        references.forEach((name, reference) -> reference.forEach(json.putObject(name)::put));
        return json;
    }

    /** The form that is encrypted for on-premises gateways. */
    String credentialData() {
        if (!GATEWAY_TYPES.contains(type) || !references.isEmpty()) {
            throw new IllegalStateException(
                    "Cannot send " + this + " through an on-premises gateway; use " + GATEWAY_TYPES);
        }
        ObjectNode json = Json.object();
        ArrayNode data = json.putArray("credentialData");
        open.forEach((name, value) -> data.addObject().put("name", name).put("value", value));
        secret.forEach((name, value) -> data.addObject().put("name", name).put("value", value));
        return type.equals(CredentialType.ANONYMOUS) ? "{\"credentialData\":\"\"}" : json.toString();
    }

    List<String> secrets() {
        return List.copyOf(secret.values());
    }

    private static Map<String, String> one(String name, String value) {
        return Map.of(name, Objects.requireNonNull(value, name));
    }

    @Override
    public String toString() {
        return type + " credentials" + (open.containsKey("username") ? " of " + open.get("username") : "");
    }
}
