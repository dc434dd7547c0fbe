package io.fabricmirror.core.internal.plan;

import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Permission;
import io.fabricmirror.Permission.Purpose;
import io.fabricmirror.SecretRef;
import io.fabricmirror.StepKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each call of each step must be allowed to do. A test compares it with the calls that previews and applies really make. Azure's
 * actions are those of its roles; what Fabric asks for is stated with each operation of its REST API.
 */
public final class Needs {
    private static final String AZURE = "Azure";
    private static final String VAULT = "Key Vault";
    private static final String SQL = "PostgreSQL";
    private static final String FABRIC = "Fabric";
    private static final String TENANT = "Fabric tenant";
    private static final String SERVERS = "Microsoft.DBforPostgreSQL/flexibleServers/";

    private static final List<Need> ALL = List.of(
            look("azure: server", AZURE, SERVERS + "read", Scope.SERVER, StepKey.SERVER),
            change("azure: server", AZURE, SERVERS + "read", Scope.SERVER, StepKey.IDENTITY),
            look(
                    "azure: storage used",
                    AZURE,
                    "Microsoft.Insights/metrics/read, to see how full the storage is",
                    Scope.SERVER,
                    StepKey.SERVER),
            look(
                    "azure: missing rights",
                    AZURE,
                    "Microsoft.Authorization/permissions/read, to see what is missing",
                    Scope.SERVER,
                    StepKey.REACHABILITY,
                    StepKey.IDENTITY,
                    StepKey.PARAMETERS),
            look("azure: databases", AZURE, SERVERS + "databases/read", Scope.SERVER, StepKey.SERVER),
            look("azure: firewall rules", AZURE, SERVERS + "firewallRules/read", Scope.SERVER, StepKey.REACHABILITY)
                    .when(Condition.DIRECT),
            change(
                            "azure: create firewall rule",
                            AZURE,
                            SERVERS + "firewallRules/write",
                            Scope.SERVER,
                            StepKey.REACHABILITY)
                    .when(Condition.ADMITTING),
            change("azure: enable system identity", AZURE, SERVERS + "write", Scope.SERVER, StepKey.IDENTITY),
            change("azure: enable password sign in", AZURE, SERVERS + "write", Scope.SERVER, StepKey.IDENTITY),
            look("azure: firewall rules", AZURE, SERVERS + "firewallRules/read", Scope.SERVER, StepKey.OPENINGS),
            change(
                    "azure: create firewall rule",
                    AZURE,
                    SERVERS + "firewallRules/write",
                    Scope.SERVER,
                    Needs.opening()),
            change(
                    "azure: delete firewall rule",
                    AZURE,
                    SERVERS + "firewallRules/delete",
                    Scope.SERVER,
                    Needs.opening()),
            look("azure: find", AZURE, "Microsoft.KeyVault/vaults/read", Scope.VAULTS, Needs.opening()),
            look("azure: vault", AZURE, "Microsoft.KeyVault/vaults/read", Scope.VAULTS, Needs.opening()),
            change("azure: change network", AZURE, "Microsoft.KeyVault/vaults/write", Scope.VAULTS, Needs.opening()),
            change("azure: merge tag", AZURE, "Microsoft.Resources/tags/write", Scope.VAULTS, Needs.opening()),
            change("azure: delete tag", AZURE, "Microsoft.Resources/tags/write", Scope.VAULTS, Needs.opening()),
            look("sql: knock", SQL, "login of the server's administrator", Scope.DATABASE, Needs.opening()),
            look("azure: parameters", AZURE, SERVERS + "configurations/read", Scope.SERVER, StepKey.PARAMETERS),
            change(
                    "azure: change parameter",
                    AZURE,
                    SERVERS + "configurations/write",
                    Scope.SERVER,
                    StepKey.PARAMETERS),
            change("azure: restart", AZURE, SERVERS + "restart/action", Scope.SERVER, StepKey.PARAMETERS),
            look("vault: read", VAULT, "secrets/getSecret/action", Scope.ADMIN_SECRET, Needs.admin())
                    .when(Condition.ADMIN_PASSWORD),
            look("vault: read", VAULT, "secrets/getSecret/action", Scope.ROLE_SECRET, StepKey.CREDENTIAL)
                    .when(Condition.OWN_ROLE),
            change("vault: store", VAULT, "secrets/setSecret/action", Scope.ROLE_SECRET, StepKey.CREDENTIAL)
                    .when(Condition.OWN_ROLE),
            look("sql: connect", SQL, "login of the server's administrator", Scope.DATABASE, Needs.admin()),
            look("sql: connect", SQL, "login of the mirroring role", Scope.DATABASE, Needs.mirroringRole()),
            change(
                    "sql: connect",
                    SQL,
                    "CREATEROLE, and ADMIN OPTION on azure_cdc_admin",
                    Scope.DATABASE,
                    StepKey.ROLE),
            change(
                    "sql: connect",
                    SQL,
                    "the rights of each table's owner, or ADMIN OPTION on that role",
                    Scope.DATABASE,
                    StepKey.TABLES),
            look("fabric: workspace", FABRIC, "Viewer", Scope.WORKSPACE, StepKey.SERVER),
            look(
                    "fabric: workspace",
                    TENANT,
                    "Service principals can call Fabric public APIs (for a service principal)",
                    Scope.TENANT,
                    StepKey.SERVER),
            look("fabric: gateway", FABRIC, "ConnectionCreator", Scope.GATEWAY, StepKey.REACHABILITY)
                    .when(Condition.THROUGH_GATEWAY),
            look("fabric: gateway trouble", FABRIC, "ConnectionCreator", Scope.GATEWAY, StepKey.REACHABILITY)
                    .when(Condition.THROUGH_GATEWAY),
            look("fabric: role assignments", FABRIC, "Member", Scope.WORKSPACE, StepKey.WORKSPACE_ROLE),
            change("fabric: assign role", FABRIC, "Member", Scope.WORKSPACE, StepKey.WORKSPACE_ROLE),
            change(
                    "fabric: change role",
                    FABRIC,
                    "Admin, if the server's identity has a lesser role already",
                    Scope.WORKSPACE,
                    StepKey.WORKSPACE_ROLE),
            look(
                    "fabric: connections",
                    FABRIC,
                    "User, to see a connection that exists",
                    Scope.CONNECTION,
                    StepKey.CONNECTION),
            change(
                    "fabric: create connection",
                    TENANT,
                    "Service principals can create workspaces, connections, and deployment pipelines (for a service principal)",
                    Scope.TENANT,
                    StepKey.CONNECTION),
            change(
                    "fabric: replace credentials",
                    FABRIC,
                    "Owner, if the connection exists",
                    Scope.CONNECTION,
                    StepKey.CONNECTION,
                    StepKey.START),
            change("fabric: test connection", FABRIC, "User", Scope.CONNECTION, StepKey.START),
            look("fabric: mirrors", FABRIC, "Viewer", Scope.WORKSPACE, StepKey.MIRROR),
            look("fabric: definition", FABRIC, "Contributor, to read definitions", Scope.WORKSPACE, StepKey.MIRROR),
            change("fabric: create mirror", FABRIC, "Contributor", Scope.WORKSPACE, StepKey.MIRROR),
            change("fabric: change definition", FABRIC, "Contributor", Scope.WORKSPACE, StepKey.MIRROR),
            look("fabric: state", FABRIC, "Viewer", Scope.WORKSPACE, StepKey.MIRROR, StepKey.START),
            change("fabric: start", FABRIC, "Contributor", Scope.WORKSPACE, StepKey.START),
            look("fabric: tables", FABRIC, "Viewer", Scope.WORKSPACE, StepKey.VERIFIED),
            change(
                    "fabric: tables",
                    TENANT,
                    "Users can access data stored in OneLake with apps external to Fabric (for the server's identity)",
                    Scope.TENANT,
                    StepKey.VERIFIED));

    private Needs() {}

    /**
     * Returns what the steps of a plan need, whatever the state of the world.
     *
     * @param plan the plan
     * @param steps the keys of its steps
     * @return the permissions, those of a preview first, each once
     */
    public static List<Permission> of(MirrorPlan plan, List<StepKey> steps) {
        Map<String, Permission> found = new LinkedHashMap<>();
        for (Purpose purpose : List.of(Purpose.PREVIEW, Purpose.APPLY)) {
            ALL.stream()
                    .filter(need ->
                            need.purpose().equals(purpose) && need.condition().holds(plan))
                    .filter(need -> need.steps().stream().anyMatch(steps::contains))
                    .map(need -> need.permission(plan, steps))
                    .forEach(p -> found.merge(p.area() + "|" + p.name() + "|" + p.scope(), p, Needs::joined));
        }
        return List.copyOf(found.values());
    }

    /**
     * Tells whether a call of a step is covered.
     *
     * @param call the plane and the port's method in words, as a timeline has it
     * @param step the step
     * @param plan the plan
     * @return whether something covers it
     */
    public static boolean cover(String call, StepKey step, MirrorPlan plan) {
        return ALL.stream()
                .anyMatch(need -> need.call().equals(call)
                        && need.steps().contains(step)
                        && need.condition().holds(plan));
    }

    /** Returns every call that something is needed for. */
    public static List<String> calls() {
        return ALL.stream().map(Need::call).distinct().toList();
    }

    private static Permission joined(Permission first, Permission more) {
        List<StepKey> steps = new ArrayList<>(first.steps());
        more.steps().stream().filter(step -> !steps.contains(step)).forEach(steps::add);
        return new Permission(first.purpose(), first.area(), first.name(), first.scope(), steps);
    }

    /** The steps whose look may log in as the administrator; the first that does reads the secret. */
    private static StepKey[] admin() {
        return new StepKey[] {
            StepKey.SERVER,
            StepKey.PARAMETERS,
            StepKey.CREDENTIAL,
            StepKey.ROLE,
            StepKey.TABLES,
            StepKey.CONNECTION,
            StepKey.READINESS,
            StepKey.VERIFIED
        };
    }

    private static StepKey[] opening() {
        return new StepKey[] {StepKey.OPENINGS};
    }

    private static StepKey[] mirroringRole() {
        return new StepKey[] {StepKey.ROLE, StepKey.TABLES, StepKey.READINESS, StepKey.VERIFIED};
    }

    private static Need look(String call, String area, String name, Scope scope, StepKey... steps) {
        return new Need(Purpose.PREVIEW, call, area, name, scope, List.of(steps), Condition.ALWAYS);
    }

    private static Need change(String call, String area, String name, Scope scope, StepKey... steps) {
        return new Need(Purpose.APPLY, call, area, name, scope, List.of(steps), Condition.ALWAYS);
    }

    /** For which plans something is needed. */
    private enum Condition {
        ALWAYS,
        DIRECT,
        ADMITTING,
        THROUGH_GATEWAY,
        OWN_ROLE,
        ADMIN_PASSWORD;

        boolean holds(MirrorPlan plan) {
            return switch (this) {
                case ALWAYS -> true;
                case DIRECT -> plan.gateway() instanceof GatewayMode.PublicAccess;
                case ADMITTING ->
                    plan.gateway() instanceof GatewayMode.PublicAccess direct && direct.azureServicesAdmitted();
                case THROUGH_GATEWAY -> plan.gateway() instanceof GatewayMode.VirtualNetwork;
                case OWN_ROLE -> plan.connection().mode() == ConnectionSpec.Mode.FABRIC_USER;
                case ADMIN_PASSWORD -> plan.admin().password().isPresent();
            };
        }
    }

    /** On what something is allowed. */
    private enum Scope {
        SERVER,
        DATABASE,
        VAULTS,
        ADMIN_SECRET,
        ROLE_SECRET,
        WORKSPACE,
        CONNECTION,
        GATEWAY,
        TENANT;

        String of(MirrorPlan plan) {
            return switch (this) {
                case SERVER -> "server " + plan.server().name();
                case DATABASE ->
                    "database " + plan.database() + " of " + plan.server().name();
                case VAULTS -> "the vaults, if OPEN_VAULT is agreed to";
                case ADMIN_SECRET ->
                    "secret " + plan.admin().password().map(SecretRef::toString).orElse("(none)");
                case ROLE_SECRET ->
                    "secret "
                            + plan.connection()
                                    .secret()
                                    .or(plan.admin()::password)
                                    .map(SecretRef::toString)
                                    .orElse("(none)");
                case WORKSPACE -> "workspace " + plan.workspace();
                case CONNECTION -> "the connection to " + plan.server().name() + "/" + plan.database();
                case GATEWAY ->
                    "gateway "
                            + (plan.gateway() instanceof GatewayMode.VirtualNetwork through ? through.gatewayId() : "");
                case TENANT -> "the tenant";
            };
        }
    }

    /** What one call of some steps needs. */
    private record Need(
            Purpose purpose,
            String call,
            String area,
            String name,
            Scope scope,
            List<StepKey> steps,
            Condition condition) {
        Need when(Condition needed) {
            return new Need(purpose, call, area, name, scope, steps, needed);
        }

        Permission permission(MirrorPlan plan, List<StepKey> present) {
            return new Permission(
                    purpose,
                    area,
                    name,
                    scope.of(plan),
                    steps.stream().filter(present::contains).toList());
        }
    }
}
