package io.fabricmirror.testkit.internal.arm;

import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Request;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.http.Service;
import io.fabricmirror.testkit.internal.time.RealTime;
import io.fabricmirror.testkit.internal.token.Tokens;
import io.fabricmirror.testkit.internal.vault.VaultService;
import java.util.Set;
import java.util.UUID;

/**
 * Azure Resource Manager: flexible servers, api-version 2025-01-01-preview as the Java SDK 1.2.0-beta.1 speaks it, and the
 * network rules and tags of vaults.
 */
public final class ArmService implements Service {
    /** The host this service answers for. */
    public static final String HOST = "management.azure.com";

    static final String PROVIDER = "/providers/Microsoft.DBforPostgreSQL";
    // The SDK asks for the older name of the same resource.
    private static final Set<String> AUDIENCES =
            Set.of("https://management.azure.com", "https://management.core.windows.net");

    private final Pacer time;
    private final Tokens tokens;
    private final Servers servers;
    private final Routes routes = new Routes();

    /** Serves servers and vaults. */
    public ArmService(Pacer time, Tokens tokens, Servers servers, VaultService vaults, String tenantId) {
        this.time = time;
        this.tokens = tokens;
        this.servers = servers;
        new SubscriptionRoutes(tenantId).addTo(routes);
        new ServerRoutes(servers).addTo(routes);
        new VaultRoutes(vaults).addTo(routes);
        new TagRoutes(servers, vaults).addTo(routes);
        String location = "/subscriptions/{subscription}" + PROVIDER + "/locations/{location}";
        routes.add("GET", location + "/azureAsyncOperation/{operation}", "AzureAsyncOperation", this::operation);
        routes.add("GET", location + "/operationResults/{operation}", "OperationResults", this::operationResult);
    }

    @Override
    public boolean serves(String host) {
        return host.equals(HOST);
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public LocalIdentity authenticate(Request request) {
        if (request.header("authorization").isEmpty()) {
            throw ArmErrors.refuse(
                    401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }

        Tokens.Issued token = tokens.bearer(request)
                .orElseThrow(() -> ArmErrors.refuse(401, "InvalidAuthenticationToken", "The access token is invalid."));
        if (token.expires().isBefore(RealTime.now())) {
            throw ArmErrors.refuse(
                    401, "ExpiredAuthenticationToken", "The access token expiry UTC time is in the past.");
        }
        if (!AUDIENCES.contains(token.audience())) {
            throw ArmErrors.refuse(
                    401,
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for wrong audience or resource '" + token.audience()
                            + "'. It should exactly match with one of the allowed audiences " + AUDIENCES + ".");
        }
        requireRole(token.identity(), request);
        return token.identity();
    }

    private void requireRole(LocalIdentity identity, Request request) {
        String action = request.method().equals("GET") ? "read" : "write";
        if (!servers.allows(identity, action)) {
            throw ArmErrors.refuse(
                    403,
                    "AuthorizationFailed",
                    "The client '" + identity.displayName() + "' with object id '" + identity.id()
                            + "' does not have authorization to perform action"
                            + " '" + resourceType(request.path()) + "/" + action + "' over scope '"
                            + request.path() + "' or the scope is invalid. If access was recently granted, please"
                            + " refresh your credentials.");
        }
    }

    private static String resourceType(String path) {
        return path.contains("/Microsoft.KeyVault/")
                ? "Microsoft.KeyVault/vaults"
                : "Microsoft.DBforPostgreSQL/flexibleServers";
    }

    @Override
    public Answer unknown(Request request) {
        return Answer.json(
                404,
                ArmErrors.error(
                        "InvalidResourceType", "The resource type could not be found at " + request.path() + "."));
    }

    @Override
    public Answer finish(Answer answer) {
        String id = UUID.randomUUID().toString();
        return answer.with("x-ms-request-id", id).with("x-ms-correlation-request-id", id);
    }

    static Answer accepted(Asked asked, Operation operation) {
        String base = "https://" + HOST + "/subscriptions/" + asked.variable("subscription") + PROVIDER
                + "/locations/westeurope/";
        String query = operation.id() + "?api-version="
                + asked.parameter("api-version").orElse("");
        return Answer.empty(202)
                .with("Azure-AsyncOperation", base + "azureAsyncOperation/" + query)
                .with("Location", base + "operationResults/" + query)
                .with("Retry-After", "1");
    }

    private Operation find(Asked asked) {
        return servers.all().stream()
                .flatMap(server -> server.operation(asked.variable("operation")).stream())
                .findFirst()
                .orElseThrow(() -> ArmErrors.refuse(404, "OperationNotFound", "No such operation."));
    }

    private Answer operation(Asked asked) {
        Operation operation = find(asked);
        Answer answer = Answer.json(200, operation.state(time.now()));
        return operation.done(time.now()) ? answer : answer.with("Retry-After", "1");
    }

    private Answer operationResult(Asked asked) {
        Operation operation = find(asked);
        if (!operation.done(time.now())) {
            return accepted(asked, operation);
        }

        return operation.result().get().map(result -> Answer.json(200, result)).orElseGet(() -> Answer.empty(204));
    }
}
