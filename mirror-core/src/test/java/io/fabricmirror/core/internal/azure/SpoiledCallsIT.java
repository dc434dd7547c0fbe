package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.SecretRef;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.MirrorDefinition;
import io.fabricmirror.spi.FabricControl.NewConnection;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.ServerControl.FirewallRule;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalServer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What each adapter makes of lost answers, throttling and outages: a change is never sent twice, a read always comes through. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpoiledCallsIT {
    private LocalAzure azure;
    private LocalServer server;
    private ServerControl control;
    private SecretStore secrets;
    private FabricControl fabric;
    private SecretRef secret;

    @BeforeAll
    void start() {
        azure = LocalAzure.start();
        server = azure.server("pg-orders").admitAzureServices().sql("orders", "select 1");
        control = new ArmServerControl(Cloud.PUBLIC, azure.credential(), azure.httpClient(), null, azure.pacer());
        secrets = new KeyVaultSecretStore(Cloud.PUBLIC, azure.credential(), azure.httpClient(), azure.pacer());
        fabric = new FabricAdapter(Cloud.PUBLIC, azure.credential(), azure.httpClient(), azure.pacer());
        secret = SecretRef.keyVault(azure.vault("kv-main").url(), "orders-fabric-user");
        // The first call to a vault only asks who may give tokens.
        assertThat(secrets.read(secret)).isEmpty();
    }

    @BeforeEach
    void forget() {
        azure.forgetCalls();
    }

    @AfterEach
    void everyFaultHappened() {
        assertThat(azure.faults().unfired()).isEmpty();
    }

    @AfterAll
    void close() {
        azure.close();
    }

    @Test
    void createFirewallRule_answerLost_isUnknownAndSentOnce() {
        azure.faults().on(Call.PUT_FIREWALL_RULE).first().doneButAnswerLost();

        assertThatThrownBy(() -> control.createFirewallRule(server.id(), new FirewallRule("r", "1.2.3.4", "1.2.3.4")))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("create the firewall rule r of pg-orders");
        assertThat(azure.calls(Call.PUT_FIREWALL_RULE)).hasSize(1);
    }

    @Test
    void restart_answerLost_isUnknownAndSentOnce() {
        azure.faults().on(Call.RESTART_SERVER).first().doneButAnswerLost();

        assertThatThrownBy(() -> control.restart(server.id())).isInstanceOf(OutcomeUnknownException.class);
        assertThat(azure.calls(Call.RESTART_SERVER)).hasSize(1);
        // Is refused while the lost one goes on, and returns when the server is there again for the other tests.
        control.restart(server.id());
    }

    @Test
    void store_answerLost_isUnknownAndStoredOnce() {
        azure.faults().on(Call.SET_SECRET).first().doneButAnswerLost();

        assertThatThrownBy(() -> secrets.store(secret, Secret.of("one"))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(azure.vault("kv-main").versions(secret.name())).hasSize(1);
        assertThat(secrets.read(secret))
                .hasValueSatisfying(s -> assertThat(s.value()).isEqualTo(Secret.of("one")));
    }

    @Test
    void createConnection_answerLost_isUnknownAndMadeOnce() {
        azure.faults().on(Call.CREATE_CONNECTION).first().doneButAnswerLost();

        assertThatThrownBy(() -> fabric.createConnection(wanted("lost"))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(fabric.connections().stream().filter(c -> c.name().equals("lost")))
                .hasSize(1);
        assertThat(azure.calls(Call.CREATE_CONNECTION)).hasSize(1);
    }

    @Test
    void createMirror_answerLost_isUnknownAndMadeOnce() {
        FabricConnection connection = fabric.createConnection(wanted("mirror"));
        azure.faults().on(Call.CREATE_MIRRORED_DATABASE).first().doneButAnswerLost();

        assertThatThrownBy(() -> fabric.createMirror(
                        azure.workspace("Sales").id(), "orders", new MirrorDefinition(connection.id(), "orders", null)))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(azure.workspace("Sales").mirrors()).containsExactly("orders");
    }

    @Test
    @Tag("G22")
    void server_throttledAndBroken_isReadInTheEnd() {
        Instant begin = azure.pacer().now();
        azure.faults().on(Call.GET_SERVER).next(2).throttled(Duration.ofSeconds(54));
        azure.faults().on(Call.GET_SERVER).nth(3).refused(503, "ServiceUnavailable", "try later");
        azure.faults().on(Call.GET_SERVER).nth(4).lost();
        azure.faults().on(Call.GET_SERVER).nth(5).garbled();

        assertThat(control.server(server.id()).host()).isEqualTo(server.fqdn());
        assertThat(Duration.between(begin, azure.pacer().now())).isGreaterThanOrEqualTo(Duration.ofSeconds(108));
    }

    @Test
    @Tag("G22")
    void changeParameter_throttled_isSentWhenItMayBe() {
        azure.faults().on(Call.PUT_PARAMETER).next(2).throttled(Duration.ofSeconds(30));

        control.changeParameter(server.id(), "max_worker_processes", "17");

        assertThat(azure.calls(Call.PUT_PARAMETER)).hasSize(3);
    }

    @Test
    @Tag("G25")
    void read_vaultFails_isReadInTheEndAndNeverAbsent() {
        azure.vault("kv-other").put("s", "one");
        SecretRef other = SecretRef.keyVault(azure.vault("kv-other").url(), "s");
        assertThat(secrets.read(other)).isPresent();
        azure.faults().on(Call.GET_SECRET).first().refused(503, "ServiceUnavailable", "try later");
        azure.faults().on(Call.GET_SECRET).nth(2).garbled();

        assertThat(secrets.read(other)).isPresent();
    }

    private NewConnection wanted(String name) {
        return new NewConnection(
                name, null, server.fqdn(), "orders", server.adminLogin(), Secret.of(server.adminPassword()));
    }
}
