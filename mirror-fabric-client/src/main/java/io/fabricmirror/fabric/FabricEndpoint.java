package io.fabricmirror.fabric;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * Where the API is and for what a token is asked: one value, so that a token never goes to a host it was not made for.
 *
 * @param base scheme and host, such as {@code https://api.fabric.microsoft.com}
 * @param scope the scope of the token, such as {@code https://api.fabric.microsoft.com/.default}
 * @param workspaceHosts whether calls about a workspace go to that workspace's own host, see {@link #withWorkspaceHosts()}
 */
public record FabricEndpoint(URI base, String scope, boolean workspaceHosts) {
    /** The public cloud. */
    public static final FabricEndpoint PUBLIC = of("https://api.fabric.microsoft.com");

    /**
     * Rejects what is not the root of an https host.
     *
     * @param base must be https, without user, path, query and fragment
     * @param scope must not be blank
     * @param workspaceHosts whether workspaces have hosts of their own
     */
    public FabricEndpoint {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(scope, "scope");
        boolean root = base.getRawPath() == null || base.getRawPath().isEmpty();
        boolean bare = base.getRawUserInfo() == null && base.getRawQuery() == null && base.getRawFragment() == null;
        if (!"https".equalsIgnoreCase(base.getScheme()) || base.getHost() == null || !root || !bare) {
            throw new IllegalArgumentException(
                    "Invalid Fabric endpoint " + base + "; give scheme https and a host, nothing else");
        }
        if (scope.isBlank()) {
            throw new IllegalArgumentException("Invalid Fabric endpoint: the scope is blank; give one like "
                    + "https://api.fabric.microsoft.com/.default");
        }
    }

    /**
     * Creates the endpoint of a cloud whose tokens are asked for its API host, as in the public cloud.
     *
     * @param base scheme and host
     * @return the endpoint, with scope {@code base/.default}
     */
    public static FabricEndpoint of(String base) {
        String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return of(root, root + "/.default");
    }

    /**
     * Creates the endpoint of a cloud, or of a host in front of it.
     *
     * @param base scheme and host
     * @param scope the scope of the token
     * @return the endpoint
     */
    public static FabricEndpoint of(String base, String scope) {
        String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return new FabricEndpoint(URI.create(root), scope, false);
    }

    /**
     * Sends calls about a workspace to that workspace's own host, as private link of single workspaces needs:
     * {@code https://{workspace id without dashes}.z{its first two characters}.w.{host}}. Calls about connections, gateways and
     * capacities still go to {@link #base()}.
     *
     * @return the same endpoint with hosts for workspaces
     */
    public FabricEndpoint withWorkspaceHosts() {
        return new FabricEndpoint(base, scope, true);
    }

    /**
     * Returns where calls about a workspace go.
     *
     * @param workspaceId the workspace
     * @return scheme and host
     */
    public URI baseFor(UUID workspaceId) {
        if (!workspaceHosts) {
            return base;
        }

        String id = workspaceId.toString().replace("-", "").toLowerCase(Locale.ROOT);
        String port = base.getPort() < 0 ? "" : ":" + base.getPort();
        return URI.create("https://" + id + ".z" + id.substring(0, 2) + ".w." + base.getHost() + port);
    }
}
