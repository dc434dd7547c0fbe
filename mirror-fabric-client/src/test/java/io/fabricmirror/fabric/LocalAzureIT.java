package io.fabricmirror.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalGateway;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.LocalServer;
import io.fabricmirror.testkit.LocalWorkspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a mirror is made of, call by call, against a service that was written without this client and a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalAzureIT {
    private LocalAzure azure;
    private LocalServer server;
    private FabricClient fabric;

    private final FabricClock clock = new FabricClock() {
        @Override
        public Instant now() {
            return azure.pacer().now();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            azure.pacer().pause(duration);
        }
    };

    @BeforeAll
    void start() {
        azure = LocalAzure.start();
        server = azure.server("pg-orders").admitAzureServices().systemAssignedIdentity();
        for (String database : List.of("orders", "changing", "starting", "unwritable")) {
            server.sql(database, "set role pgadmin; create table t (id int primary key); insert into t values (1)");
        }
        server.parameter("wal_level", "logical")
                .parameter("max_worker_processes", "20")
                .restart()
                .parameter("azure.fabric_mirror_enabled", "on")
                .parameter("azure.mirror_databases", "changing,starting,unwritable");
        for (String database : List.of("changing", "starting", "unwritable")) {
            server.sql(database, "grant azure_cdc_admin to pgadmin");
        }
        fabric = client(azure.caller());
    }

    @AfterAll
    void close() {
        azure.close();
    }

    @Test
    @Tag("G12")
    void connection_underAVirtualNetworkGateway_isMadeThere() {
        LocalGateway local = azure.gateway("gw-orders");
        LocalServer hidden = azure.server("pg-hidden").sql("orders", "create table t (id int primary key)");
        UUID id = UUID.fromString(local.id());

        Gateway gateway = fabric.gateways().get(id);
        GatewayStatus status = fabric.gateways().checkStatus(id);
        Connection made = fabric.connections()
                .create(sourceOf(hidden, "orders", NewConnection.virtualNetworkGateway("behind-gateway", id)));

        assertThat(gateway.type()).isEqualTo(GatewayType.VIRTUAL_NETWORK);
        assertThat(status.online()).isTrue();
        assertThat(fabric.connections().get(made.id()).gatewayId()).isEqualTo(id);
        assertThat(made.connectivity()).isEqualTo(Connectivity.VIRTUAL_NETWORK_GATEWAY);
    }

    @Test
    @Tag("G12")
    void gateway_asleepOrUnknown_isTold() {
        LocalGateway local = azure.gateway("gw-asleep").offline();
        UUID id = UUID.fromString(local.id());

        GatewayStatus status = fabric.gateways().checkStatus(id);

        assertThat(status.health()).isEqualTo(GatewayHealth.OFFLINE);
        assertThat(status.errors()).extracting(FabricError.Detail::message).containsExactly("The gateway is asleep");
        assertThatThrownBy(() -> fabric.connections()
                        .create(sourceOf(server, "orders", NewConnection.virtualNetworkGateway("asleep", id))))
                .isExactlyInstanceOf(FabricException.class)
                .hasMessageContaining("UnknownError")
                .hasMessageContaining("DM_GWPipeline_Gateway_MashupDataAccessError")
                .hasMessageEndingWith(
                        "check that Fabric reaches the source: the rule for Azure services, or a gateway that is online");
        assertThatThrownBy(() -> fabric.gateways().get(UUID.randomUUID()))
                .isExactlyInstanceOf(FabricException.class)
                .hasMessageContaining("EntityNotFound");
    }

    @Test
    @Tag("G35")
    void workspaceRole_absentThenWeaker_isGivenRaisedAndReadBack() {
        UUID workspace = workspace("roles");
        Principal identity = Principal.servicePrincipal(
                UUID.fromString(azure.identity("writer").id()));

        RoleAssignment<WorkspaceRole> given =
                fabric.workspaces().addRoleAssignment(workspace, identity, WorkspaceRole.VIEWER);
        fabric.workspaces().updateRoleAssignment(workspace, given.id(), WorkspaceRole.CONTRIBUTOR);

        assertThat(fabric.workspaces().roleAssignments(workspace))
                .filteredOn(assignment -> assignment.principal().id().equals(identity.id()))
                .extracting(RoleAssignment::role)
                .containsExactly(WorkspaceRole.CONTRIBUTOR);
        assertThatThrownBy(() -> fabric.workspaces()
                        .addRoleAssignment(
                                workspace, Principal.servicePrincipal(UUID.randomUUID()), WorkspaceRole.CONTRIBUTOR))
                .hasMessageContaining("PrincipalNotFound")
                .hasMessageContaining("a new identity is known after some minutes");
    }

    @Test
    @Tag("G36")
    void connection_ofADiscoveredType_isEncryptedAndTested() {
        ConnectionType type = fabric.connections().supportedTypes().stream()
                .filter(one -> one.type().equals("AzurePostgreSQL"))
                .findFirst()
                .orElseThrow();

        assertThat(type.creationMethods())
                .extracting(ConnectionType.CreationMethod::name)
                .contains("AzurePostgreSQL.Database");
        assertThat(connection("discovered").encryption()).isEqualTo(ConnectionEncryption.ENCRYPTED);
        assertThatThrownBy(() -> fabric.connections()
                        .create(NewConnection.cloud("wrong-password")
                                .type("AzurePostgreSQL", "AzurePostgreSQL.Database")
                                .parameter("server", server.fqdn())
                                .parameter("database", "orders")
                                .credentials(Credentials.basic(server.adminLogin(), "not-it"))
                                .build()))
                .hasMessageContaining("IncorrectCredentials")
                .hasMessageContaining("check user and password");
    }

    @Test
    @Tag("G37")
    void connection_isKnownByWhatItPointsAt_repairedAndShared() {
        server.sql("orders", "create role repaired login password 'first'");
        Connection made = fabric.connections()
                .create(NewConnection.cloud("repaired")
                        .type("AzurePostgreSQL", "AzurePostgreSQL.Database")
                        .parameter("server", server.fqdn())
                        .parameter("database", "orders")
                        .credentials(Credentials.basic("repaired", "first"))
                        .build());
        server.sql("orders", "alter role repaired password 'second'");

        Connection found = fabric.connections().list().stream()
                .filter(one -> one.displayName().equals("repaired"))
                .findFirst()
                .orElseThrow();
        assertThat(found.type()).isEqualTo("AzurePostgreSQL");
        assertThat(found.path()).isEqualTo(server.fqdn() + ";orders");
        assertThat(found.gatewayId()).isNull();

        assertThat(fabric.connections().test(made.id()).online()).isFalse();
        fabric.connections().updateCredentials(found, Credentials.basic("repaired", "second"));
        assertThat(fabric.connections().test(made.id()).online()).isTrue();

        LocalIdentity colleague = azure.person("colleague");
        FabricClient theirs = client(colleague);
        assertThatThrownBy(
                        () -> theirs.connections().create(sourceOf(server, "orders", NewConnection.cloud("repaired"))))
                .hasMessageContaining("DuplicateConnectionName")
                .hasMessageContaining("it may be invisible to the caller");
        fabric.connections()
                .addRoleAssignment(made.id(), Principal.user(UUID.fromString(colleague.id())), ConnectionRole.USER);
        assertThat(theirs.connections().list()).extracting(Connection::id).contains(made.id());
    }

    @Test
    @Tag("G38")
    void mirror_isKnownByItsSource() {
        UUID workspace = workspace("adopting");
        Connection source = connection("adopted");
        MirroredDatabase made = mirror(workspace, "orders", source);

        MirroringDefinition read =
                fabric.mirroredDatabases().definition(workspace, made.id()).mirroring();

        assertThat(fabric.mirroredDatabases().list(workspace))
                .extracting(MirroredDatabase::id)
                .containsExactly(made.id());
        assertThat(read.source()).contains(SourceType.AZURE_POSTGRESQL);
        assertThat(read.connectionId()).contains(source.id());
        assertThat(read.database()).contains("orders");
        assertThatThrownBy(() -> mirror(workspace, "orders", source))
                .hasMessageContaining("ItemDisplayNameAlreadyInUse")
                .hasMessageContaining("adopt the existing item");
    }

    /** The part of a change's consequence that the service enforces: what must be at rest is refused until it is. */
    @Test
    @Tag("G39")
    void definition_ofARunningMirror_takesTablesButNoOtherSource() throws InterruptedException {
        UUID workspace = workspace("changing");
        Connection source = connection("changed", "changing");
        UUID id = mirror(workspace, "orders", source).id();
        started(workspace, id);
        ItemDefinition present = fabric.mirroredDatabases().definition(workspace, id);
        ItemDefinition tables = present.with(present.mirroring().toBuilder()
                .tables(List.of(new MountedTable("public", "t")))
                .build());
        ItemDefinition elsewhere = present.with(
                present.mirroring().toBuilder().database("postgres").build());

        fabric.mirroredDatabases().updateDefinition(workspace, id, tables);
        FabricException refused = catchThrowableOfType(
                FabricException.class, () -> fabric.mirroredDatabases().updateDefinition(workspace, id, elsewhere));

        assertThat(refused).isExactlyInstanceOf(FabricException.class);
        assertThat(refused.errorCode()).isEqualTo(FabricErrorCode.OPERATION_NOT_ALLOWED_NOW);
        assertThat(refused.remedy()).contains("read the mirroring status and wait for Initialized or Stopped");
        assertThat(fabric.mirroredDatabases().definition(workspace, id).mirroring())
                .isEqualTo(tables.mirroring());

        fabric.mirroredDatabases().stop(workspace, id);
        await(workspace, id, MirroringState.STOPPED);
        fabric.mirroredDatabases().updateDefinition(workspace, id, elsewhere);
        assertThat(fabric.mirroredDatabases()
                        .definition(workspace, id)
                        .mirroring()
                        .database())
                .contains("postgres");
    }

    @Test
    @Tag("G40")
    void start_whileInitializingOrRunning_isRefusedAndExplained() throws InterruptedException {
        LocalWorkspace local = azure.workspace("starting");
        UUID workspace = UUID.fromString(local.id());
        UUID id = mirror(workspace, "orders", connection("started", "starting")).id();

        assertThat(fabric.mirroredDatabases().status(workspace, id).state()).isEqualTo(MirroringState.INITIALIZING);
        assertThatThrownBy(() -> fabric.mirroredDatabases().start(workspace, id))
                .isExactlyInstanceOf(FabricException.class)
                .hasMessageContaining("OperationNotAllowedInCurrentStatus")
                .hasMessageContaining("wait for Initialized or Stopped");

        started(workspace, id);
        assertThatThrownBy(() -> fabric.mirroredDatabases().start(workspace, id))
                .isExactlyInstanceOf(FabricException.class)
                .hasMessageContaining("OperationNotAllowedInCurrentStatus");

        local.pauseCapacity();
        assertThat(fabric.mirroredDatabases().status(workspace, id).state()).isEqualTo(MirroringState.PAUSED);
    }

    @Test
    @Tag("G41")
    void tables_ofARunningMirrorWithoutData_sayWhy() throws InterruptedException {
        UUID workspace = workspace("without-data");
        UUID id = mirror(workspace, "orders", connection("without-data", "unwritable"))
                .id();
        started(workspace, id);

        List<TableMirroringStatus> tables = fabric.mirroredDatabases().tablesStatus(workspace, id);

        assertThat(fabric.mirroredDatabases().status(workspace, id).state()).isEqualTo(MirroringState.RUNNING);
        assertThat(tables).isNotEmpty().allSatisfy(table -> {
            assertThat(table.state()).isEqualTo(TableMirroringState.FAILED);
            assertThat(table.processedRows()).isZero();
            assertThat(table.error()).isNotNull();
            assertThat(table.error().code()).hasToString("CDC_ERR_SYS_ONELAKE_PERMISSION_DENIED");
            assertThat(table.error().remedy())
                    .contains("give the identity of the source server the role Contributor in the workspace");
        });
    }

    @Test
    @Tag("G46")
    void rename_keepsTheId_andWaitsForAHeldName() {
        UUID workspace = workspace("renaming");
        UUID former = mirror(workspace, "sales", connection("renamed-1")).id();
        UUID id = mirror(workspace, "orders", connection("renamed-2")).id();
        fabric.mirroredDatabases().delete(workspace, former);
        Instant before = azure.pacer().now();

        MirroredDatabase renamed = fabric.mirroredDatabases().rename(workspace, id, "sales");

        assertThat(renamed.id()).isEqualTo(id);
        assertThat(fabric.mirroredDatabases().list(workspace))
                .extracting(MirroredDatabase::id, MirroredDatabase::displayName)
                .containsExactly(tuple(id, "sales"));
        assertThat(Duration.between(before, azure.pacer().now()))
                .as("the service held the name of the deleted one")
                .isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    @Tag("G57")
    void clients_ofTwoCredentials_areTwoCallers_knownBeforeAnyRequest() {
        LocalIdentity other = azure.identity("other");
        FabricClient theirs = client(other);
        azure.forgetCalls();

        assertThat(fabric.caller()).get().extracting(Caller::tenantId).hasToString(azure.tenantId());
        assertThat(theirs.caller()).get().extracting(Caller::objectId).hasToString(other.id());
        assertThat(azure.calls())
                .as("all were for tokens")
                .noneMatch(call -> call.path().startsWith("/v1/"));

        UUID workspace = workspace("not-theirs");
        assertThat(fabric.workspaces().list()).extracting(Workspace::id).contains(workspace);
        assertThat(theirs.workspaces().list()).isEmpty();
    }

    private FabricClient client(LocalIdentity identity) {
        return FabricClient.builder(azure.credential(identity))
                .httpClient(azure.httpClient())
                .clock(clock)
                .build();
    }

    private UUID workspace(String name) {
        return UUID.fromString(azure.workspace(name).id());
    }

    private Connection connection(String name) {
        return connection(name, "orders");
    }

    private Connection connection(String name, String database) {
        return fabric.connections().create(sourceOf(server, database, NewConnection.cloud(name)));
    }

    private static NewConnection sourceOf(LocalServer server, String database, NewConnection.Builder connection) {
        return connection
                .type("AzurePostgreSQL", "AzurePostgreSQL.Database")
                .parameter("server", server.fqdn())
                .parameter("database", database)
                .credentials(Credentials.basic(server.adminLogin(), server.adminPassword()))
                .build();
    }

    private MirroredDatabase mirror(UUID workspace, String name, Connection source) {
        String database = source.path().substring(source.path().indexOf(';') + 1);
        MirroringDefinition definition =
                MirroringDefinition.postgresql(source.id(), database).build();
        return fabric.mirroredDatabases()
                .create(
                        workspace,
                        NewMirroredDatabase.of(name, ItemDefinition.of(definition))
                                .build());
    }

    private void started(UUID workspace, UUID id) throws InterruptedException {
        await(workspace, id, MirroringState.INITIALIZED);
        fabric.mirroredDatabases().start(workspace, id);
        await(workspace, id, MirroringState.RUNNING);
    }

    private void await(UUID workspace, UUID id, MirroringState wanted) throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            if (fabric.mirroredDatabases().status(workspace, id).state().equals(wanted)) {
                return;
            }
            clock.pause(Duration.ofSeconds(5));
        }
        throw new AssertionError("not " + wanted + " but "
                + fabric.mirroredDatabases().status(workspace, id).state());
    }
}
