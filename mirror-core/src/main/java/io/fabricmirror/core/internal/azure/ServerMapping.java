package io.fabricmirror.core.internal.azure;

import com.azure.resourcemanager.postgresqlflexibleserver.fluent.models.ConfigurationInner;
import com.azure.resourcemanager.postgresqlflexibleserver.fluent.models.FirewallRuleInner;
import com.azure.resourcemanager.postgresqlflexibleserver.fluent.models.PrivateEndpointConnectionInner;
import com.azure.resourcemanager.postgresqlflexibleserver.fluent.models.ServerInner;
import com.azure.resourcemanager.postgresqlflexibleserver.models.AuthConfig;
import com.azure.resourcemanager.postgresqlflexibleserver.models.Cluster;
import com.azure.resourcemanager.postgresqlflexibleserver.models.IdentityType;
import com.azure.resourcemanager.postgresqlflexibleserver.models.PasswordAuthEnum;
import com.azure.resourcemanager.postgresqlflexibleserver.models.PrivateEndpointServiceConnectionStatus;
import com.azure.resourcemanager.postgresqlflexibleserver.models.ServerPublicNetworkAccessState;
import com.azure.resourcemanager.postgresqlflexibleserver.models.UserAssignedIdentity;
import com.azure.resourcemanager.postgresqlflexibleserver.models.UserIdentity;
import io.fabricmirror.ServerId;
import io.fabricmirror.spi.ServerControl.FirewallRule;
import io.fabricmirror.spi.ServerControl.Network;
import io.fabricmirror.spi.ServerControl.Parameter;
import io.fabricmirror.spi.ServerControl.Server;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what the ARM library shows into what the port shows. */
final class ServerMapping {
    private static final Pattern MAJOR = Pattern.compile("^(\\d{1,4})");

    private ServerMapping() {}

    static Server server(ServerId id, ServerInner arm) {
        UserAssignedIdentity identity = arm.identity();
        boolean systemIdentity = hasSystemIdentity(identity);
        return new Server(
                id,
                identity == null ? "" : text(identity.tenantId()),
                text(arm.location()),
                text(arm.state()),
                text(arm.fullyQualifiedDomainName()),
                majorVersion(text(arm.version())),
                arm.sku() == null ? "" : text(arm.sku().tier()),
                arm.highAvailability() == null || arm.highAvailability().mode() == null
                        ? "Disabled"
                        : text(arm.highAvailability().mode()),
                arm.replicationRole() == null ? "None" : text(arm.replicationRole()),
                isElasticCluster(arm.cluster()),
                text(arm.administratorLogin()),
                admitsPasswords(arm.authConfig()),
                network(arm),
                identity == null || identity.type() == null ? "None" : text(identity.type()),
                systemIdentity && identity != null ? identity.principalId() : null);
    }

    static Parameter parameter(ConfigurationInner arm) {
        return new Parameter(
                text(arm.name()),
                text(arm.value()),
                Boolean.TRUE.equals(arm.isConfigPendingRestart()),
                Boolean.TRUE.equals(arm.isReadOnly()));
    }

    static FirewallRule firewallRule(FirewallRuleInner arm) {
        return new FirewallRule(text(arm.name()), text(arm.startIpAddress()), text(arm.endIpAddress()));
    }

    static boolean hasSystemIdentity(@Nullable UserAssignedIdentity identity) {
        return identity != null && text(identity.type()).contains("SystemAssigned");
    }

    /** Returns the identity with the system-assigned one added. ARM drops user-assigned ones that a change does not name again. */
    static UserAssignedIdentity withSystemIdentity(@Nullable UserAssignedIdentity identity) {
        Map<String, UserIdentity> kept = identity == null ? null : identity.userAssignedIdentities();
        if (kept == null || kept.isEmpty()) {
            return new UserAssignedIdentity().withType(IdentityType.SYSTEM_ASSIGNED);
        }

        Map<String, UserIdentity> named = new HashMap<>();
        kept.keySet().forEach(id -> named.put(id, new UserIdentity()));
        return new UserAssignedIdentity()
                .withType(IdentityType.SYSTEM_ASSIGNED_USER_ASSIGNED)
                .withUserAssignedIdentities(named);
    }

    private static Network network(ServerInner arm) {
        String subnet = arm.network() == null ? "" : text(arm.network().delegatedSubnetResourceId());
        boolean closed = arm.network() != null
                && ServerPublicNetworkAccessState.DISABLED.equals(arm.network().publicNetworkAccess());
        return new Network(!closed && subnet.isEmpty(), subnet, approved(arm.privateEndpointConnections()));
    }

    private static int approved(@Nullable List<PrivateEndpointConnectionInner> endpoints) {
        return endpoints == null
                ? 0
                : (int) endpoints.stream()
                        .filter(e -> e.privateLinkServiceConnectionState() != null
                                && PrivateEndpointServiceConnectionStatus.APPROVED.equals(
                                        e.privateLinkServiceConnectionState().status()))
                        .count();
    }

    private static boolean isElasticCluster(@Nullable Cluster cluster) {
        return cluster != null && cluster.clusterSize() != null && cluster.clusterSize() > 0;
    }

    private static boolean admitsPasswords(@Nullable AuthConfig auth) {
        return auth == null || !PasswordAuthEnum.DISABLED.equals(auth.passwordAuth());
    }

    private static int majorVersion(String version) {
        Matcher matcher = MAJOR.matcher(version);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
