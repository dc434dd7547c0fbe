package io.fabricmirror.core.internal.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.WorkspaceRole;
import io.fabricmirror.fabric.Capacity;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.fabric.ConnectionTestResult;
import io.fabricmirror.fabric.Credentials;
import io.fabricmirror.fabric.FabricClient;
import io.fabricmirror.fabric.FabricErrorCode;
import io.fabricmirror.fabric.FabricException;
import io.fabricmirror.fabric.FabricOperationPendingException;
import io.fabricmirror.fabric.FabricOutcomeUnknownException;
import io.fabricmirror.fabric.GatewayStatus;
import io.fabricmirror.fabric.ItemDefinition;
import io.fabricmirror.fabric.MirroringDefinition;
import io.fabricmirror.fabric.NewMirroredDatabase;
import io.fabricmirror.fabric.Principal;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.spi.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Controls Fabric through the client of this project, which alone retries. Thread-safe. */
public final class FabricAdapter implements FabricControl {
    /** How long a principal that Fabric does not know yet is waited for. */
    static final Duration PRINCIPAL_LIMIT = Duration.ofMinutes(5);

    private static final Duration PRINCIPAL_INTERVAL = Duration.ofSeconds(15);
    private static final Set<String> STOPPED = Set.of(MirrorState.STOPPED, MirrorState.STOPPING);
    private static final Set<String> STARTED = Set.of(MirrorState.RUNNING, MirrorState.STARTING);

    private final FabricClient client;
    private final Pacer pacer;

    /**
     * Returns a control.
     *
     * @param cloud where Fabric is
     * @param credential who calls
     * @param httpClient what carries requests
     * @param pacer what waits
     */
    public FabricAdapter(Cloud cloud, TokenCredential credential, HttpClient httpClient, Pacer pacer) {
        this.client = FabricClient.builder(credential)
                .cloud(cloud)
                .httpClient(httpClient)
                .clock(PacerClock.of(pacer))
                .applicationId("fabric-mirror")
                .build();
        this.pacer = pacer;
    }

    @Override
    public Workspace workspace(WorkspaceRef ref) {
        List<Workspace> visible = workspaces();
        return visible.stream()
                .filter(w -> ref.kind() == WorkspaceRef.Kind.NAME
                        ? w.name().equals(ref.value())
                        : w.id().equalsIgnoreCase(ref.value()))
                .findFirst()
                .orElseThrow(() -> new MirrorException(FabricProblems.workspaceNotFound(ref, visible, caller())));
    }

    @Override
    public List<Workspace> workspaces() {
        return read("list workspaces", () -> {
            List<Capacity> capacities = client.capacities().list();
            return client.workspaces().list().stream()
                    .map(w -> FabricMapping.workspace(w, capacities))
                    .toList();
        });
    }

    @Override
    public List<RoleAssignment> roleAssignments(String workspaceId) {
        String what = "list the roles of workspace " + workspaceId;
        try {
            return read(
                    what,
                    () -> client.workspaces().roleAssignments(UUID.fromString(workspaceId)).stream()
                            .map(FabricMapping::roleAssignment)
                            .toList());
        } catch (MirrorException e) {
            throw FabricProblems.ofRoles(what, e);
        }
    }

    @Override
    public void assignRole(String workspaceId, String principalId, WorkspaceRole role) {
        String what = "give " + principalId + " the role " + role + " in workspace " + workspaceId;
        Principal principal = Principal.servicePrincipal(UUID.fromString(principalId));
        Instant end = pacer.now().plus(PRINCIPAL_LIMIT);
        changeRoles(what, () -> {
            while (!assigned(workspaceId, principal, role, end)) {
                pause(what);
            }
            return true;
        });
    }

    @Override
    public void changeRole(String workspaceId, String assignmentId, WorkspaceRole role) {
        changeRoles(
                "change a role in workspace " + workspaceId + " to " + role,
                () -> client.workspaces()
                        .updateRoleAssignment(
                                UUID.fromString(workspaceId), UUID.fromString(assignmentId), FabricMapping.role(role)));
    }

    @Override
    public void removeRole(String workspaceId, String assignmentId) {
        changeRoles(
                "take a role in workspace " + workspaceId + " away",
                () -> gone(() -> client.workspaces()
                        .deleteRoleAssignment(UUID.fromString(workspaceId), UUID.fromString(assignmentId))));
    }

    @Override
    public Optional<Gateway> gateway(String gatewayId) {
        return read("list gateways", () -> client.gateways().list()).stream()
                .map(FabricMapping::gateway)
                .filter(g -> g.id().equalsIgnoreCase(gatewayId))
                .findFirst();
    }

    @Override
    public Optional<String> gatewayTrouble(String gatewayId) {
        GatewayStatus status = read("check a gateway", () -> client.gateways().checkStatus(UUID.fromString(gatewayId)));
        return status.online()
                ? Optional.empty()
                : Optional.of(status.health()
                        + status.errors().stream()
                                .map(error -> ": " + error.message())
                                .collect(Collectors.joining()));
    }

    @Override
    public List<FabricConnection> connections() {
        return read(
                "list connections",
                () -> client.connections().list().stream()
                        .map(FabricMapping::connection)
                        .toList());
    }

    @Override
    public FabricConnection createConnection(NewConnection wanted) {
        String what = "create connection \"" + wanted.name() + "\"";
        var types = read(
                "list connection types",
                () -> wanted.gatewayId() == null
                        ? client.connections().supportedTypes()
                        : client.connections().supportedTypes(UUID.fromString(wanted.gatewayId())));
        var request = ConnectionRequest.of(wanted, types);
        try {
            return change(what, () -> {
                try {
                    return FabricMapping.connection(client.connections().create(request));
                } catch (FabricException e) {
                    if (!e.errorCode().means(FabricErrorCode.DUPLICATE_CONNECTION_NAME)) {
                        throw e;
                    }
                    // Another runner may have made ours since the caller looked.
                    List<FabricConnection> visible = connections();
                    return visible.stream()
                            .filter(c -> isWanted(c, wanted))
                            .findFirst()
                            .orElseThrow(() ->
                                    new MirrorException(FabricProblems.connectionNameTaken(wanted, visible, e), e));
                }
            });
        } catch (MirrorException e) {
            throw FabricProblems.ofConnection(wanted.host(), wanted.user(), e);
        }
    }

    @Override
    public void replaceCredentials(FabricConnection connection, String user, Secret password) {
        String what = "replace the credentials of connection \"" + connection.name() + "\"";
        try {
            change(
                    what,
                    () -> client.connections()
                            .updateCredentials(
                                    FabricMapping.clientConnection(connection),
                                    Credentials.basic(user, password.reveal())));
        } catch (MirrorException e) {
            throw FabricProblems.ofConnection(connection.path(), user, e);
        }
    }

    @Override
    public Optional<String> testConnection(String connectionId) {
        ConnectionTestResult result = read(
                "test connection " + connectionId, () -> client.connections().test(UUID.fromString(connectionId)));
        return result.online() ? Optional.empty() : Optional.of(FabricProblems.testFailure(result));
    }

    @Override
    public void deleteConnection(FabricConnection connection) {
        change(
                "delete connection \"" + connection.name() + "\"",
                () -> gone(() -> client.connections().delete(UUID.fromString(connection.id()))));
    }

    @Override
    public List<Mirror> mirrors(String workspaceId) {
        return read(
                "list the mirrored databases of workspace " + workspaceId,
                () -> client.mirroredDatabases().list(UUID.fromString(workspaceId)).stream()
                        .map(m -> new Mirror(workspaceId, m.id().toString(), m.displayName()))
                        .toList());
    }

    @Override
    public MirrorDefinition definition(Mirror mirror) {
        return FabricMapping.definition(readDefinition(mirror).mirroring());
    }

    @Override
    public Mirror createMirror(String workspaceId, String name, MirrorDefinition wanted) {
        MirroringDefinition.Builder definition =
                MirroringDefinition.postgresql(UUID.fromString(wanted.connectionId()), wanted.database());
        ItemDefinition item = ItemDefinition.of(FabricMapping.withTables(definition, wanted));
        return change("create mirrored database \"" + name + "\"", () -> {
            UUID id = client.mirroredDatabases()
                    .create(
                            UUID.fromString(workspaceId),
                            NewMirroredDatabase.of(name, item).build())
                    .id();
            return new Mirror(workspaceId, id.toString(), name);
        });
    }

    @Override
    public void changeDefinition(Mirror mirror, MirrorDefinition wanted) {
        // Read again, because an update replaces everything and others may have set what this library does not know.
        ItemDefinition present = readDefinition(mirror);
        MirroringDefinition.Builder changed = present.mirroring().toBuilder()
                .connection(UUID.fromString(wanted.connectionId()))
                .database(wanted.database());
        ItemDefinition item = present.with(FabricMapping.withTables(changed, wanted));
        change("change the definition of mirrored database \"" + mirror.name() + "\"", () -> {
            client.mirroredDatabases()
                    .updateDefinition(UUID.fromString(mirror.workspaceId()), UUID.fromString(mirror.id()), item);
            return true;
        });
    }

    @Override
    public MirrorState state(Mirror mirror) {
        return FabricMapping.state(read(
                "read the state of mirrored database \"" + mirror.name() + "\"",
                () -> client.mirroredDatabases()
                        .status(UUID.fromString(mirror.workspaceId()), UUID.fromString(mirror.id()))));
    }

    @Override
    public void start(Mirror mirror) {
        change("start mirrored database \"" + mirror.name() + "\"", () -> {
            try {
                client.mirroredDatabases().start(UUID.fromString(mirror.workspaceId()), UUID.fromString(mirror.id()));
            } catch (FabricException e) {
                boolean notNow = e.errorCode().means(FabricErrorCode.OPERATION_NOT_ALLOWED_NOW);
                if (!notNow || !STARTED.contains(state(mirror).status())) {
                    throw e;
                }
            }
            return true;
        });
    }

    @Override
    public void stop(Mirror mirror) {
        change("stop mirrored database \"" + mirror.name() + "\"", () -> {
            try {
                client.mirroredDatabases().stop(UUID.fromString(mirror.workspaceId()), UUID.fromString(mirror.id()));
            } catch (FabricException e) {
                boolean notNow = e.errorCode().means(FabricErrorCode.OPERATION_NOT_ALLOWED_NOW);
                if (!notNow || !STOPPED.contains(state(mirror).status())) {
                    throw e;
                }
            }
            return true;
        });
    }

    @Override
    public Mirror renameMirror(Mirror mirror, String name) {
        return change("rename mirrored database \"" + mirror.name() + "\" to \"" + name + "\"", () -> {
            client.mirroredDatabases()
                    .rename(UUID.fromString(mirror.workspaceId()), UUID.fromString(mirror.id()), name);
            return new Mirror(mirror.workspaceId(), mirror.id(), name);
        });
    }

    @Override
    public void deleteMirror(Mirror mirror) {
        change(
                "delete mirrored database \"" + mirror.name() + "\"",
                () -> gone(() -> client.mirroredDatabases()
                        .delete(UUID.fromString(mirror.workspaceId()), UUID.fromString(mirror.id()))));
    }

    @Override
    public List<MirroredTable> tables(Mirror mirror) {
        return read(
                "read the tables of mirrored database \"" + mirror.name() + "\"",
                () -> client
                        .mirroredDatabases()
                        .tablesStatus(UUID.fromString(mirror.workspaceId()), UUID.fromString(mirror.id()))
                        .stream()
                        .map(FabricMapping::table)
                        .toList());
    }

    /** Names the caller as an administrator of Fabric would look it up. */
    private String caller() {
        return client.caller()
                .map(c -> "this identity (object id " + c.objectId() + ")")
                .orElse("this identity");
    }

    private ItemDefinition readDefinition(Mirror mirror) {
        return read(
                "read the definition of mirrored database \"" + mirror.name() + "\"",
                () -> client.mirroredDatabases()
                        .definition(UUID.fromString(mirror.workspaceId()), UUID.fromString(mirror.id())));
    }

    /** Tries once; false if Fabric does not know the principal yet and there is time left. */
    private boolean assigned(String workspaceId, Principal principal, WorkspaceRole role, Instant end) {
        try {
            client.workspaces().addRoleAssignment(UUID.fromString(workspaceId), principal, FabricMapping.role(role));
            return true;
        } catch (FabricException e) {
            if (e.errorCode().means(FabricErrorCode.PRINCIPAL_HAS_ROLE)) {
                return true;
            }
            // A new identity needs some minutes to get from Entra to Fabric.
            boolean unknown = e.errorCode().means(FabricErrorCode.PRINCIPAL_NOT_FOUND);
            if (unknown && !pacer.now().plus(PRINCIPAL_INTERVAL).isAfter(end)) {
                return false;
            }
            throw e;
        }
    }

    private void pause(String what) {
        try {
            pacer.pause(PRINCIPAL_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MirrorException(FabricProblems.interrupted(what), e);
        }
    }

    private static boolean isWanted(FabricConnection connection, NewConnection wanted) {
        return connection.name().equals(wanted.name())
                && connection.path().equals(wanted.host() + ";" + wanted.database())
                && FabricMapping.sameId(connection.gatewayId(), wanted.gatewayId());
    }

    private static void changeRoles(String what, Supplier<?> call) {
        try {
            change(what, call);
        } catch (MirrorException e) {
            throw FabricProblems.ofRoles(what, e);
        }
    }

    /** Deletes; what somebody else has deleted meanwhile is gone as well. */
    private static boolean gone(Runnable delete) {
        try {
            delete.run();
        } catch (FabricException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
        return true;
    }

    private static <T> T read(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (FabricException e) {
            throw new MirrorException(FabricProblems.explain(what, e), e);
        }
    }

    private static <T> T change(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (FabricOutcomeUnknownException | FabricOperationPendingException e) {
            throw new OutcomeUnknownException(what, e);
        } catch (FabricException e) {
            throw new MirrorException(FabricProblems.explain(what, e), e);
        }
    }
}
