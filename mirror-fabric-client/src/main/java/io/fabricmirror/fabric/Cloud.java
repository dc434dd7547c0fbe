package io.fabricmirror.fabric;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * An Azure cloud: where its services are and for what tokens are asked, in one value, so that hosts and scopes of two clouds are never
 * mixed. Open: make one for a cloud that is not named here. Addresses of Azure are those that {@code az cloud show} prints.
 *
 * <p>Microsoft publishes the address of the Fabric API for the public cloud only. For others the caller gives it: the host that the
 * Fabric portal of that cloud calls.
 *
 * @param name its name, as {@code az cloud list} prints it
 * @param authority where tokens come from; for the builder of the credential, as this library signs nobody in
 * @param resourceManager where Azure Resource Manager is
 * @param resourceManagerScope for what its tokens are asked
 * @param vaultSuffix how the host names of its key vaults end, such as {@code vault.azure.net}
 * @param databaseScope for what the token is asked that a Microsoft Entra login of PostgreSQL takes as its password
 * @param fabric where the Fabric API is, and for what its tokens are asked
 */
public record Cloud(
        String name,
        URI authority,
        URI resourceManager,
        String resourceManagerScope,
        String vaultSuffix,
        String databaseScope,
        FabricEndpoint fabric) {
    /** The public cloud. */
    public static final Cloud PUBLIC = new Cloud(
            "AzureCloud",
            URI.create("https://login.microsoftonline.com"),
            URI.create("https://management.azure.com"),
            "https://management.azure.com/.default",
            "vault.azure.net",
            "https://ossrdbms-aad.database.windows.net/.default",
            FabricEndpoint.PUBLIC);

    /**
     * Rejects missing values and hosts that are not reached by https.
     *
     * @param name must not be blank
     * @param authority must be https
     * @param resourceManager must be https
     * @param resourceManagerScope must end in {@code /.default}
     * @param vaultSuffix must be a domain, without a dot in front
     * @param databaseScope must end in {@code /.default}
     * @param fabric must not be null
     */
    public Cloud {
        requireHttps("authority", authority);
        requireHttps("resourceManager", resourceManager);
        requireScope("resourceManagerScope", resourceManagerScope);
        requireScope("databaseScope", databaseScope);
        Objects.requireNonNull(fabric, "fabric");
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("Invalid cloud: the name is blank");
        }
        if (!Objects.requireNonNull(vaultSuffix, "vaultSuffix").matches("[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
            throw new IllegalArgumentException(
                    "Invalid cloud: vaultSuffix is \"" + vaultSuffix + "\"; give a domain such as vault.azure.net");
        }
    }

    /**
     * Returns the cloud for the government of the United States.
     *
     * @param fabric where its Fabric API is, which Microsoft does not publish
     * @return the cloud
     */
    public static Cloud usGovernment(FabricEndpoint fabric) {
        return new Cloud(
                "AzureUSGovernment",
                URI.create("https://login.microsoftonline.us"),
                URI.create("https://management.usgovcloudapi.net"),
                "https://management.core.usgovcloudapi.net/.default",
                "vault.usgovcloudapi.net",
                "https://ossrdbms-aad.database.usgovcloudapi.net/.default",
                fabric);
    }

    /**
     * Returns the cloud in China, which 21Vianet operates.
     *
     * @param fabric where its Fabric API is, which Microsoft does not publish
     * @return the cloud
     */
    public static Cloud china(FabricEndpoint fabric) {
        return new Cloud(
                "AzureChinaCloud",
                URI.create("https://login.chinacloudapi.cn"),
                URI.create("https://management.chinacloudapi.cn"),
                "https://management.chinacloudapi.cn/.default",
                "vault.azure.cn",
                "https://ossrdbms-aad.database.chinacloudapi.cn/.default",
                fabric);
    }

    /**
     * Returns the same cloud with another way to Fabric, such as private link: see {@link FabricEndpoint#withWorkspaceHosts()}.
     *
     * @param other where the Fabric API is
     * @return the cloud
     */
    public Cloud withFabric(FabricEndpoint other) {
        return new Cloud(name, authority, resourceManager, resourceManagerScope, vaultSuffix, databaseScope, other);
    }

    /**
     * Tells whether a host is a key vault of this cloud, so that its secrets are asked for nowhere else.
     *
     * @param host a host name
     * @return whether it ends with the suffix
     */
    public boolean ownsVault(String host) {
        return host.toLowerCase(Locale.ROOT).endsWith("." + vaultSuffix);
    }

    @Override
    public String toString() {
        return name;
    }

    private static void requireHttps(String what, URI uri) {
        if (!"https".equalsIgnoreCase(Objects.requireNonNull(uri, what).getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("Invalid cloud: " + what + " is " + uri + "; give https and a host");
        }
    }

    private static void requireScope(String what, String scope) {
        if (!Objects.requireNonNull(scope, what).matches("https://\\S+/\\.default")) {
            throw new IllegalArgumentException("Invalid cloud: " + what + " is \"" + scope
                    + "\"; give one such as https://management.azure.com/.default");
        }
    }
}
