package io.fabricmirror.testkit.internal.fabric;

import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.arm.Servers;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Request;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.http.Service;
import io.fabricmirror.testkit.internal.time.RealTime;
import io.fabricmirror.testkit.internal.token.Directory;
import io.fabricmirror.testkit.internal.token.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The Fabric REST API, as far as mirroring needs it. Operations bear the names of Microsoft's specification. */
public final class FabricService implements Service {
    /** The host this service answers for. */
    public static final String HOST = "api.fabric.microsoft.com";

    // The second is the older name, which Power BI tools still ask for.
    private static final Set<String> AUDIENCES =
            Set.of("https://api.fabric.microsoft.com", "https://analysis.windows.net/powerbi/api");

    private final Tokens tokens;
    private final Routes routes = new Routes();

    /**
     * Serves a tenant.
     *
     * @param driver what the database driver needs to reach local servers
     */
    public FabricService(
            Pacer time,
            Tokens tokens,
            Directory directory,
            Tenant tenant,
            Servers servers,
            Map<String, String> driver) {
        this.tokens = tokens;
        FabricOperations operations = new FabricOperations(time);
        ConnectionRoutes connections = new ConnectionRoutes(tenant, directory, operations, servers, driver);
        MirroredDatabaseRoutes mirrors = new MirroredDatabaseRoutes(tenant, connections, time);
        new WorkspaceRoutes(tenant, directory).addTo(routes);
        new FolderRoutes(tenant).addTo(routes);
        connections.addTo(routes);
        new WorkspaceLifeRoutes(tenant, directory, operations).addTo(routes);
        new GatewayRoutes(tenant, directory, operations).addTo(routes);
        mirrors.addTo(routes);
        new ItemRoutes(tenant, mirrors).addTo(routes);
        operations.addTo(routes);
    }

    @Override
    public boolean serves(String host) {
        // The second is the older name; Microsoft's fabric-cicd still asks there first.
        return host.equals(HOST)
                || host.equals("api.powerbi.com")
                || host.matches("wabi-[a-z0-9-]+\\.analysis\\.windows\\.net");
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public LocalIdentity authenticate(Request request) {
        Tokens.Issued token = tokens.bearer(request)
                .filter(issued -> AUDIENCES.contains(issued.audience()))
                .orElseThrow(() -> FabricErrors.refuse(
                        401, "Unauthorized", "The caller is not authenticated to access this resource"));
        if (token.expires().isBefore(RealTime.now())) {
            throw FabricErrors.refuse(
                    401, "TokenExpired", "Access token has expired, resubmit with a new access token");
        }

        return token.identity();
    }

    @Override
    public Answer unknown(Request request) {
        return FabricErrors.answer(404, "EndpointNotFound", "The requested endpoint could not be found", List.of());
    }

    @Override
    public Answer finish(Answer answer) {
        Answer finished = answer.with("home-cluster-uri", "https://wabi-west-europe-redirect.analysis.windows.net/")
                .with("request-redirected", "true");
        if (!finished.headers().containsKey("RequestId")) {
            finished = finished.with("RequestId", UUID.randomUUID().toString());
        }
        if (finished.body().isEmpty()) {
            finished = finished.with("Content-Type", "application/octet-stream");
        }
        return finished;
    }
}
