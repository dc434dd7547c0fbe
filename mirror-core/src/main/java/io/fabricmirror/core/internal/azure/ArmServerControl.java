package io.fabricmirror.core.internal.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.resourcemanager.postgresqlflexibleserver.fluent.PostgreSqlManagementClient;
import com.azure.resourcemanager.postgresqlflexibleserver.fluent.models.ConfigurationInner;
import com.azure.resourcemanager.postgresqlflexibleserver.fluent.models.DatabaseInner;
import com.azure.resourcemanager.postgresqlflexibleserver.fluent.models.FirewallRuleInner;
import com.azure.resourcemanager.postgresqlflexibleserver.fluent.models.ServerInner;
import com.azure.resourcemanager.postgresqlflexibleserver.models.AuthConfig;
import com.azure.resourcemanager.postgresqlflexibleserver.models.PasswordAuthEnum;
import com.azure.resourcemanager.postgresqlflexibleserver.models.ServerForUpdate;
import io.fabricmirror.MirrorException;
import io.fabricmirror.ServerId;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.spi.ServerControl;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Controls a flexible server through the ARM library. Thread-safe. */
public final class ArmServerControl implements ServerControl {
    private final ArmClient arm;
    private final ServiceCalls calls;
    private final LongOperation operations;
    private final ArmRest rest;

    /**
     * Returns a control.
     *
     * @param cloud where Azure Resource Manager is
     * @param credential who calls
     * @param httpClient what carries requests
     * @param apiVersion the version of the API, or null for the library's own
     * @param pacer what waits
     */
    public ArmServerControl(
            Cloud cloud, TokenCredential credential, HttpClient httpClient, @Nullable String apiVersion, Pacer pacer) {
        this.arm = new ArmClient(cloud, credential, httpClient, apiVersion);
        this.calls = new ServiceCalls(pacer, ArmProblems::explain);
        this.operations = new LongOperation(arm, pacer, calls);
        this.rest = new ArmRest(cloud, credential, httpClient, pacer);
    }

    @Override
    public Server server(ServerId id) {
        return ServerMapping.server(id, read(id));
    }

    @Override
    public List<String> databases(ServerId id) {
        return calls.read(
                "list the databases of " + id.name(),
                () -> client(id).getDatabases().listByServer(id.resourceGroup(), id.name()).stream()
                        .map(DatabaseInner::name)
                        .toList());
    }

    @Override
    public List<Parameter> parameters(ServerId id) {
        return calls.read(
                "list the parameters of " + id.name(),
                () -> client(id).getConfigurations().listByServer(id.resourceGroup(), id.name()).stream()
                        .map(ServerMapping::parameter)
                        .toList());
    }

    @Override
    public void changeParameter(ServerId id, String name, String value) {
        ConfigurationInner wanted = new ConfigurationInner().withValue(value).withSource("user-override");
        change(
                "set " + name + " of " + id.name(),
                () -> client(id).getConfigurations().putWithResponseAsync(id.resourceGroup(), id.name(), name, wanted));
    }

    @Override
    public List<FirewallRule> firewallRules(ServerId id) {
        return calls.read(
                "list the firewall rules of " + id.name(),
                () -> client(id).getFirewallRules().listByServer(id.resourceGroup(), id.name()).stream()
                        .map(ServerMapping::firewallRule)
                        .toList());
    }

    @Override
    public void createFirewallRule(ServerId id, FirewallRule rule) {
        FirewallRuleInner wanted =
                new FirewallRuleInner().withStartIpAddress(rule.startAddress()).withEndIpAddress(rule.endAddress());
        change(
                "create the firewall rule " + rule.name() + " of " + id.name(),
                () -> client(id)
                        .getFirewallRules()
                        .createOrUpdateWithResponseAsync(id.resourceGroup(), id.name(), rule.name(), wanted));
    }

    @Override
    public void deleteFirewallRule(ServerId id, String name) {
        change(
                "delete the firewall rule " + name + " of " + id.name(),
                () -> client(id).getFirewallRules().deleteWithResponseAsync(id.resourceGroup(), id.name(), name));
    }

    @Override
    public Server enableSystemIdentity(ServerId id) {
        ServerInner before = read(id);
        if (ServerMapping.hasSystemIdentity(before.identity())) {
            return ServerMapping.server(id, before);
        }

        ServerForUpdate wanted =
                new ServerForUpdate().withIdentity(ServerMapping.withSystemIdentity(before.identity()));
        change(
                "switch on the system-assigned identity of " + id.name(),
                () -> client(id).getServers().updateWithResponseAsync(id.resourceGroup(), id.name(), wanted));
        return server(id);
    }

    @Override
    public void enablePasswordSignIn(ServerId id) {
        AuthConfig before = Objects.requireNonNullElseGet(read(id).authConfig(), AuthConfig::new);
        // The rest is sent again, so that Microsoft Entra sign-in stays as it is.
        AuthConfig wanted = new AuthConfig()
                .withActiveDirectoryAuth(before.activeDirectoryAuth())
                .withTenantId(before.tenantId())
                .withPasswordAuth(PasswordAuthEnum.ENABLED);
        change(
                "switch on password sign-in of " + id.name(),
                () -> client(id)
                        .getServers()
                        .updateWithResponseAsync(
                                id.resourceGroup(), id.name(), new ServerForUpdate().withAuthConfig(wanted)));
    }

    @Override
    public Set<String> missingRights(ServerId id, Set<String> actions) {
        return ArmRights.missing(rest, id, actions);
    }

    @Override
    public OptionalInt storageUsed(ServerId id) {
        return StorageUse.read(rest, id);
    }

    @Override
    public void restart(ServerId id) {
        change(
                "restart " + id.name(),
                () -> client(id).getServers().restartWithResponseAsync(id.resourceGroup(), id.name(), null));
    }

    private ServerInner read(ServerId id) {
        try {
            return calls.read(
                    "read server " + id.name(),
                    () -> client(id)
                            .getServers()
                            .getByResourceGroupWithResponse(id.resourceGroup(), id.name(), Context.NONE)
                            .getValue());
        } catch (MirrorException e) {
            throw ArmProblems.isNotFound(e.problem()) ? ArmProblems.serverNotFound(id, e) : e;
        }
    }

    private void change(String what, Request request) {
        ServiceCalls.Patience patience = calls.patience(what);
        while (true) {
            HttpHeaders accepted = calls.change(patience, () -> send(request));
            Optional<ServiceError> error = operations.awaitEnd(what, accepted);
            if (error.isEmpty()) {
                return;
            }
            // Azure accepts some changes and only then finds the server busy.
            if (error.get().kind() != ServiceError.Kind.BUSY || !patience.waitFor(error.get())) {
                throw calls.refused(what, error.get());
            }
        }
    }

    private static HttpHeaders send(Request request) {
        Response<Flux<ByteBuffer>> response =
                Objects.requireNonNull(request.get().block(), "response");
        // An unread body would hold the connection.
        response.getValue().then().block();
        return response.getHeaders();
    }

    private PostgreSqlManagementClient client(ServerId id) {
        return arm.of(id.subscriptionId());
    }

    /** Makes a request that Azure may only accept, to end later. */
    @FunctionalInterface
    private interface Request {
        Mono<Response<Flux<ByteBuffer>>> get();
    }
}
