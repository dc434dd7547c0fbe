package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabricmirror.ServerId;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.ServerControl.FirewallRule;
import io.fabricmirror.spi.ServerControl.Parameter;
import io.fabricmirror.spi.ServerControl.Server;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.LocalServer;
import io.fabricmirror.testkit.RecordedCall;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The real ARM library against the local Azure. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArmServerControlIT {
    private LocalAzure azure;
    private LocalServer server;
    private ServerControl control;

    @BeforeAll
    void start() {
        azure = LocalAzure.start();
        server = azure.server("pg-orders").sql("orders", "select 1");
        control = new ArmServerControl(Cloud.PUBLIC, azure.credential(), azure.httpClient(), null, azure.pacer());
    }

    @AfterAll
    void close() {
        azure.close();
    }

    @Test
    @Tag("G01")
    void server_byItsId_hasTheNameArmKnows() {
        Server seen = control.server(server.id());

        assertThat(seen.host()).isEqualTo(server.fqdn());
        assertThat(seen.version()).isGreaterThanOrEqualTo(14);
        assertThat(seen.tier()).isEqualTo("GeneralPurpose");
        assertThat(seen.replicationRole()).isEqualTo("Primary");
        assertThat(seen.adminLogin()).isEqualTo(server.adminLogin());
        assertThat(seen.passwordSignIn()).isTrue();
        assertThat(seen.network()).isEqualTo(new ServerControl.Network(true, "", 0));
    }

    @Test
    @Tag("G09")
    void server_privateOnes_showHowTheyCanBeReached() {
        LocalServer endpoint = azure.server("pg-endpoint").noPublicAccess().privateEndpoint("pe-1");
        LocalServer injected = azure.server("pg-injected").delegatedSubnet("/subscriptions/s/subnets/a");

        assertThat(control.server(endpoint.id()).network()).isEqualTo(new ServerControl.Network(false, "", 1));
        assertThat(control.server(injected.id()).network())
                .isEqualTo(new ServerControl.Network(false, "/subscriptions/s/subnets/a", 0));
    }

    @Test
    void databases_oneMade_isListed() {
        assertThat(control.databases(server.id())).contains("orders", "postgres");
    }

    @Test
    void changeParameter_needsARestart_isPendingUntilThen() {
        LocalServer fresh = azure.server("pg-parameters").sql("orders", "select 1");

        control.changeParameter(fresh.id(), "wal_level", "logical");

        assertThat(parameter(fresh, "wal_level").pendingRestart()).isTrue();
        assertThat(fresh.query("orders", "show wal_level")).isEqualTo("replica");

        control.restart(fresh.id());

        assertThat(parameter(fresh, "wal_level")).isEqualTo(new Parameter("wal_level", "logical", false, false));
        assertThat(fresh.query("orders", "show wal_level")).isEqualTo("logical");
    }

    @Test
    @Tag("G22")
    void changeParameter_serverRestarts_isDoneWhenItIsReadyAgain() {
        LocalServer busy = azure.server("pg-busy").sql("orders", "select 1");
        CompletableFuture<Void> restart = CompletableFuture.runAsync(() -> control.restart(busy.id()));
        while (azure.calls(Call.RESTART_SERVER).stream().noneMatch(c -> c.path().contains("pg-busy"))) {
            Thread.onSpinWait();
        }

        control.changeParameter(busy.id(), "max_worker_processes", "16");

        restart.join();
        assertThat(azure.calls(Call.PUT_PARAMETER).stream()
                        .filter(c -> c.path().contains("pg-busy"))
                        .map(RecordedCall::status))
                .startsWith(409)
                .endsWith(202);
        assertThat(parameter(busy, "max_worker_processes").value()).isEqualTo("16");
    }

    @Test
    @Tag("G51")
    void changeParameter_badValue_keepsTheServicesCode() {
        assertThatThrownBy(() -> control.changeParameter(server.id(), "wal_level", "sideways"))
                .hasMessageStartingWith("InvalidParameterValue: cannot set wal_level of pg-orders");
    }

    @Test
    void createFirewallRule_azureServices_isThereAfterwards() {
        LocalServer fresh = azure.server("pg-rules");

        control.createFirewallRule(fresh.id(), new FirewallRule("AllowAzureServices", "0.0.0.0", "0.0.0.0"));

        assertThat(control.firewallRules(fresh.id()))
                .containsExactly(new FirewallRule("AllowAzureServices", "0.0.0.0", "0.0.0.0"));
    }

    @Test
    @Tag("G18")
    void enableSystemIdentity_userAssignedOneThere_hasBoth() {
        LocalServer fresh = azure.server("pg-identity").userAssignedIdentity("/subscriptions/s/identities/a");

        Server after = control.enableSystemIdentity(fresh.id());

        assertThat(after.identityType().replace(" ", "")).isEqualTo("SystemAssigned,UserAssigned");
        assertThat(after.systemIdentity()).isEqualTo(fresh.principalId()).isPresent();
        assertThat(after.tenantId()).isEqualTo(azure.tenantId());
    }

    @Test
    void enablePasswordSignIn_entraOnly_isOnAfterwards() {
        LocalServer fresh = azure.server("pg-entra").entraOnly();
        assertThat(control.server(fresh.id()).passwordSignIn()).isFalse();

        control.enablePasswordSignIn(fresh.id());

        assertThat(control.server(fresh.id()).passwordSignIn()).isTrue();
    }

    @Test
    @Tag("G01")
    void server_notThere_isSaid() {
        assertThatThrownBy(() -> control.server(ServerId.of("s", "rg-data", "pg-ordres")))
                .hasMessageStartingWith("SERVER_NOT_FOUND: no flexible server pg-ordres in resource group rg-data");
    }

    @Test
    @Tag("G51")
    void restart_callerIsOnlyReader_saysWhatIsMissing() {
        LocalIdentity reader = azure.identity("reader");
        azure.serverRole(reader, "Reader");
        ServerControl reading =
                new ArmServerControl(Cloud.PUBLIC, azure.credential(reader), azure.httpClient(), null, azure.pacer());

        assertThat(reading.server(server.id()).host()).isEqualTo(server.fqdn());
        assertThatThrownBy(() -> reading.restart(server.id()))
                .hasMessageStartingWith("AuthorizationFailed: Azure does not let this identity restart pg-orders");
    }

    private Parameter parameter(LocalServer of, String name) {
        return control.parameters(of.id()).stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
