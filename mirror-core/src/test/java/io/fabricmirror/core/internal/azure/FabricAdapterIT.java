package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabricmirror.MirrorException;
import io.fabricmirror.TableName;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.WorkspaceRole;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.MirrorDefinition;
import io.fabricmirror.spi.FabricControl.NewConnection;
import io.fabricmirror.spi.FabricControl.RoleAssignment;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalGateway;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.LocalServer;
import io.fabricmirror.testkit.LocalWorkspace;
import java.util.List;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The real Fabric client against the local Azure. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FabricAdapterIT {
    private LocalAzure azure;
    private LocalServer server;
    private FabricControl fabric;

    @BeforeAll
    void start() {
        azure = LocalAzure.start();
        server = azure.server("pg-orders").admitAzureServices().sql("orders", "create table t (id int primary key)");
        fabric = control(azure.caller());
    }

    @AfterAll
    void close() {
        azure.close();
    }

    @Test
    @Tag("G07")
    void workspace_byNameAndById_isTheSameWithItsCapacity() {
        LocalWorkspace sales = azure.workspace("Sales");

        FabricControl.Workspace seen = fabric.workspace(WorkspaceRef.named("Sales"));

        assertThat(seen.id()).isEqualTo(sales.id());
        assertThat(seen.capacityState()).isEqualTo("Active");
        assertThat(fabric.workspace(WorkspaceRef.id(sales.id()))).isEqualTo(seen);

        azure.workspace("Paused").pauseCapacity();
        assertThat(fabric.workspace(WorkspaceRef.named("Paused")).capacityState())
                .isEqualTo("Inactive");
    }

    @Test
    void workspace_callerHasNoRole_isNotVisible() {
        azure.workspace("Hidden-Sales").callerRole("None");
        azure.workspace("Hidden-Sale");

        assertThatThrownBy(() -> fabric.workspace(WorkspaceRef.named("Hidden-Sales")))
                .hasMessageStartingWith("WORKSPACE_NOT_FOUND: no workspace named \"Hidden-Sales\" is visible")
                .satisfies(e -> assertThat(((MirrorException) e).details()).contains("nearest name \"Hidden-Sale\""));
    }

    @Test
    @Tag("G51")
    void roleAssignments_callerIsContributor_asksForMember() {
        LocalWorkspace workspace = azure.workspace("Contributed").callerRole("Contributor");

        assertThatThrownBy(() -> fabric.roleAssignments(workspace.id()))
                .hasMessageStartingWith("WORKSPACE_ROLE_INSUFFICIENT: ");
    }

    @Test
    @Tag("G35")
    void assignRole_identityJustSwitchedOn_isWaitedForAndReadBack() {
        LocalWorkspace workspace = azure.workspace("Roles");
        String identity =
                azure.server("pg-new").systemAssignedIdentity().principalId().orElseThrow();

        fabric.assignRole(workspace.id(), identity, WorkspaceRole.CONTRIBUTOR);
        fabric.assignRole(workspace.id(), identity, WorkspaceRole.CONTRIBUTOR);

        assertThat(azure.calls(Call.ADD_WORKSPACE_ROLE).stream()
                        .filter(c -> c.path().contains(workspace.id())))
                .as("the first answers are refusals: Fabric does not know the identity yet")
                .hasSizeGreaterThan(2);
        RoleAssignment assignment = assignment(workspace, identity);
        assertThat(assignment.role()).isEqualTo(WorkspaceRole.CONTRIBUTOR);

        fabric.changeRole(workspace.id(), assignment.id(), WorkspaceRole.MEMBER);

        assertThat(assignment(workspace, identity).role()).isEqualTo(WorkspaceRole.MEMBER);
    }

    @Test
    void gateway_visibleAndNot_isToldApart() {
        String id = azure.gateway("gw").id();

        assertThat(fabric.gateway(id)).contains(new FabricControl.Gateway(id, "gw", "VirtualNetwork"));
        assertThat(fabric.gateway("77777777-7777-7777-7777-777777777777")).isEmpty();
    }

    @Test
    @Tag("G36")
    void createConnection_rightPassword_worksAndIsListed() {
        FabricConnection created = fabric.createConnection(wanted("works", server, server.adminPassword()));

        assertThat(created.type()).isEqualTo("AzurePostgreSQL");
        assertThat(created.path()).isEqualTo(server.fqdn() + ";orders");
        assertThat(fabric.connections()).contains(created);
        assertThat(fabric.testConnection(created.id())).isEmpty();
    }

    @Test
    @Tag("G26")
    @Tag("G51")
    void createConnection_wrongPassword_isExplainedWithoutIt() {
        assertThatThrownBy(() -> fabric.createConnection(wanted("wrong", server, "wr0ng-s3cret")))
                .hasMessageStartingWith("IncorrectCredentials: " + server.fqdn() + " did not let \"pgadmin\" in")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("wr0ng-s3cret"));
        assertThat(fabric.connections()).noneMatch(c -> c.name().equals("wrong"));
    }

    @Test
    void createConnection_noRuleForAzureServices_isToldFromAWrongPassword() {
        LocalServer closed = azure.server("pg-closed").sql("orders", "select 1");

        assertThatThrownBy(() -> fabric.createConnection(wanted("closed", closed, closed.adminPassword())))
                .hasMessageStartingWith("SERVER_NOT_REACHABLE_FROM_FABRIC: Fabric does not reach " + closed.fqdn());
    }

    @Test
    void createConnection_privateServerThroughAGateway_worksWhileTheGatewayIsOnline() {
        LocalServer ledger = azure.server("pg-ledger").noPublicAccess().sql("orders", "select 1");
        LocalGateway gateway = azure.gateway("gw-ledger");
        NewConnection wanted = new NewConnection(
                "ledger",
                gateway.id(),
                ledger.fqdn(),
                "orders",
                ledger.adminLogin(),
                Secret.of(ledger.adminPassword()));

        gateway.offline();
        assertThatThrownBy(() -> fabric.createConnection(wanted))
                .hasMessageStartingWith("SERVER_NOT_REACHABLE_FROM_FABRIC: ");
        gateway.online();

        assertThat(fabric.createConnection(wanted).gatewayId()).isEqualTo(gateway.id());
    }

    @Test
    @Tag("G37")
    void createConnection_nameTakenBySomebodyElse_isExplained() {
        NewConnection wanted = wanted("taken", server, server.adminPassword());
        control(azure.identity("colleague")).createConnection(wanted);

        assertThatThrownBy(() -> fabric.createConnection(wanted))
                .hasMessageStartingWith(
                        "CONNECTION_NAME_TAKEN: a connection \"taken\" exists, but this identity may not see it");
    }

    @Test
    @Tag("G37")
    void createConnection_sameOneThere_isAdopted() {
        NewConnection wanted = wanted("adopted", server, server.adminPassword());
        FabricConnection first = fabric.createConnection(wanted);

        assertThat(fabric.createConnection(wanted)).isEqualTo(first);
    }

    @Test
    void replaceCredentials_passwordChanged_connectionWorksAgain() {
        server.sql("orders", "create role rotated login password 'one'; grant connect on database orders to rotated");
        FabricConnection connection = fabric.createConnection(
                new NewConnection("rotated", null, server.fqdn(), "orders", "rotated", Secret.of("one")));
        server.sql("orders", "alter role rotated password 'two'");
        assertThat(fabric.testConnection(connection.id())).isPresent();

        fabric.replaceCredentials(connection, "rotated", Secret.of("two"));

        assertThat(fabric.testConnection(connection.id())).isEmpty();
        assertThatThrownBy(() -> fabric.replaceCredentials(connection, "rotated", Secret.of("three")))
                .hasMessageStartingWith("IncorrectCredentials: ");
    }

    @Test
    @Tag("G38")
    void mirror_madeAndChanged_saysWhatItMirrors() {
        String workspace = azure.workspace("Mirrors").id();
        FabricConnection connection = fabric.createConnection(wanted("mirror", server, server.adminPassword()));
        MirrorDefinition one = new MirrorDefinition(connection.id(), "orders", List.of(new TableName("public", "t")));

        Mirror made = fabric.createMirror(workspace, "orders", one);

        assertThat(fabric.mirrors(workspace)).containsExactly(made);
        assertThat(fabric.definition(made))
                .usingRecursiveComparison()
                .ignoringExpectedNullFields()
                .isEqualTo(one);
        assertThat(fabric.state(made).status()).isIn("Initializing", "Initialized");
        assertThat(fabric.tables(made)).isEmpty();

        MirrorDefinition all = new MirrorDefinition(connection.id(), "orders", null);
        fabric.changeDefinition(made, all);

        assertThat(fabric.definition(made))
                .usingRecursiveComparison()
                .ignoringFields("defaultSchema", "retentionDays")
                .isEqualTo(all);
        assertThatThrownBy(() -> fabric.createMirror(workspace, "orders", one))
                .hasMessageStartingWith(
                        "ItemDisplayNameAlreadyInUse: Fabric refuses to create mirrored database \"orders\"");
    }

    private FabricControl control(LocalIdentity identity) {
        return new FabricAdapter(Cloud.PUBLIC, azure.credential(identity), azure.httpClient(), azure.pacer());
    }

    private RoleAssignment assignment(LocalWorkspace workspace, String principal) {
        return fabric.roleAssignments(workspace.id()).stream()
                .filter(a -> a.principalId().equals(principal))
                .findFirst()
                .orElseThrow();
    }

    private static NewConnection wanted(String name, LocalServer server, String password) {
        return new NewConnection(name, null, server.fqdn(), "orders", server.adminLogin(), Secret.of(password));
    }
}
