package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.azure.core.exception.ClientAuthenticationException;
import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.ServerId;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.ServerControl.FirewallRule;
import io.fabricmirror.spi.ServerControl.Server;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

class ArmServerControlTest {
    private static final ServerId ID = ServerId.of("sub-1", "rg-main", "pg-orders");
    private static final String SERVER_URL = "https://management.azure.com/subscriptions/sub-1/resourceGroups/rg-main"
            + "/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders";
    private static final String OPERATION = "https://management.azure.com/subscriptions/sub-1/azureAsyncOperation/op-1";
    private static final String BUSY =
            "{\"error\":{\"code\":\"ServerIsBusy\",\"message\":\"Server pg-orders is busy processing another operation.\"}}";
    private static final String SUCCEEDED = "{\"status\":\"Succeeded\"}";

    private final ScriptedHttp http = new ScriptedHttp();
    private final SkippedTime time = new SkippedTime();
    private final ServerControl control = new ArmServerControl(ScriptedHttp.CREDENTIAL, http, null, time);

    @AfterEach
    void interruptsDoNotLeak() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    @Tag("G01")
    void server_everythingSet_isReadFromArm() {
        http.answer(200, """
                {"id":"x","location":"westeurope","sku":{"name":"Standard_D2ds_v5","tier":"GeneralPurpose"},
                 "identity":{"type":"SystemAssigned","principalId":"pid-1","tenantId":"tid-1"},
                 "properties":{"fullyQualifiedDomainName":"pg-orders.private.contoso.example","version":"16",
                  "state":"Ready","administratorLogin":"pgadmin","replicationRole":"AsyncReplica",
                  "authConfig":{"activeDirectoryAuth":"Enabled","passwordAuth":"Disabled"},
                  "highAvailability":{"mode":"ZoneRedundant"},
                  "network":{"publicNetworkAccess":"Disabled","delegatedSubnetResourceId":"/subnets/a"},
                  "cluster":{"clusterSize":2},"unheardOf":{"x":1},
                  "privateEndpointConnections":[
                   {"properties":{"privateLinkServiceConnectionState":{"status":"Approved"}}},
                   {"properties":{"privateLinkServiceConnectionState":{"status":"Pending"}}}]}}""");

        Server server = control.server(ID);

        assertThat(server.host()).isEqualTo("pg-orders.private.contoso.example");
        assertThat(server.version()).isEqualTo(16);
        assertThat(server.tier()).isEqualTo("GeneralPurpose");
        assertThat(server.highAvailability()).isEqualTo("ZoneRedundant");
        assertThat(server.replicationRole()).isEqualTo("AsyncReplica");
        assertThat(server.elasticCluster()).isTrue();
        assertThat(server.passwordSignIn()).isFalse();
        assertThat(server.adminLogin()).isEqualTo("pgadmin");
        assertThat(server.region()).isEqualTo("westeurope");
        assertThat(server.state()).isEqualTo("Ready");
        assertThat(server.tenantId()).isEqualTo("tid-1");
        assertThat(server.identityType()).isEqualTo("SystemAssigned");
        assertThat(server.systemIdentity()).contains("pid-1");
        assertThat(server.network()).isEqualTo(new ServerControl.Network(false, "/subnets/a", 1));
        assertThat(http.requests).containsExactly("GET " + SERVER_URL + "?api-version=2025-01-01-preview");
    }

    @Test
    void server_littleSet_hasPlainDefaults() {
        http.answer(200, "{\"properties\":{\"version\":\"17\"}}");

        Server server = control.server(ID);

        assertThat(server.identityType()).isEqualTo("None");
        assertThat(server.systemIdentity()).isEmpty();
        assertThat(server.replicationRole()).isEqualTo("None");
        assertThat(server.highAvailability()).isEqualTo("Disabled");
        assertThat(server.elasticCluster()).isFalse();
        assertThat(server.passwordSignIn()).isTrue();
        assertThat(server.network()).isEqualTo(new ServerControl.Network(true, "", 0));
    }

    @Test
    void parameters_twoPages_areOneList() {
        http.answer(
                        200,
                        "{\"value\":[{\"name\":\"wal_level\",\"properties\":{\"value\":\"replica\",\"isConfigPendingRestart\":true}}],"
                                + "\"nextLink\":\"https://management.azure.com/next?api-version=2025-01-01-preview\"}")
                .answer(200, "{\"value\":[{\"name\":\"x\",\"properties\":{\"value\":\"1\",\"isReadOnly\":true}}]}");

        assertThat(control.parameters(ID))
                .containsExactly(
                        new ServerControl.Parameter("wal_level", "replica", true, false),
                        new ServerControl.Parameter("x", "1", false, true));
    }

    @Test
    void changeParameter_accepted_isFollowedToItsEnd() {
        http.answer(202, "", "Azure-AsyncOperation", OPERATION + "?api-version=1", "Retry-After", "7")
                .answer(200, "{\"status\":\"InProgress\"}", "Retry-After", "11")
                .answer(200, SUCCEEDED);

        control.changeParameter(ID, "wal_level", "logical");

        assertThat(http.requests)
                .containsExactly(
                        "PUT " + SERVER_URL + "/configurations/wal_level?api-version=2025-01-01-preview"
                                + " {\"properties\":{\"value\":\"logical\",\"source\":\"user-override\"}}",
                        "GET " + OPERATION + "?api-version=1",
                        "GET " + OPERATION + "?api-version=1");
        assertThat(time.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(11));
    }

    @Test
    void restart_onlyLocationNamed_isFollowedUntilItIsGone() {
        http.answer(202, "", "Location", OPERATION).answer(202, "").answer(204, "");

        control.restart(ID);

        assertThat(http.requests)
                .hasSize(3)
                .first()
                .isEqualTo("POST " + SERVER_URL + "/restart?api-version=2025-01-01-preview");
    }

    @Test
    void restart_operationOnAnotherHost_tokenStaysAtHome() {
        http.answer(202, "", "Azure-AsyncOperation", "https://elsewhere.example/operations/op-1?t=1")
                .answer(200, SUCCEEDED);

        control.restart(ID);

        assertThat(http.requests.get(1)).isEqualTo("GET https://management.azure.com/operations/op-1?t=1");
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of("read server", (Call) c -> c.server(ID), "{\"properties\":{}}"),
                Arguments.of("databases", (Call) c -> c.databases(ID), "{\"value\":[]}"),
                Arguments.of("parameters", (Call) c -> c.parameters(ID), "{\"value\":[]}"),
                Arguments.of("firewall rules", (Call) c -> c.firewallRules(ID), "{\"value\":[]}"),
                Arguments.of("parameter", (Call) c -> c.changeParameter(ID, "a", "b"), "{}"),
                Arguments.of(
                        "rule",
                        (Call) c -> c.createFirewallRule(ID, new FirewallRule("r", "1.1.1.1", "1.1.1.1")),
                        "{}"),
                Arguments.of("restart", (Call) c -> c.restart(ID), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    @Tag("G22")
    void anyCall_serverBusyTwice_isSentAgain(String name, Call call, String done) {
        http.answer(409, BUSY).answer(429, "", "Retry-After", "40").answer(200, done);

        call.on(control);

        assertThat(http.requests).hasSize(3);
        assertThat(time.pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(40));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    @Tag("G22")
    void anyCall_serverBusyForLong_endsWithinTheLimit(String name, Call call, String done) {
        for (int i = 0; i < 100; i++) {
            http.answer(409, BUSY, "x-ms-request-id", "req-1");
        }

        assertThatThrownBy(() -> call.on(control))
                .isInstanceOf(MirrorException.class)
                .isNotInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("ServerIsBusy: cannot ")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.problem().requestId()).contains("req-1"))
                .satisfies(e -> assertThat(e.problem().remedy()).isPresent());
        assertThat(time.passed()).isBetween(Duration.ofMinutes(8), ServiceCalls.BUSY_LIMIT);
    }

    @Test
    @Tag("G22")
    void changeParameter_busyOnlyAfterAccepting_isSentAgain() {
        http.answer(202, "", "Azure-AsyncOperation", OPERATION)
                .answer(200, "{\"status\":\"Failed\",\"error\":{\"code\":\"ServerIsBusy\",\"message\":\"busy\"}}")
                .answer(200, "{}");

        control.changeParameter(ID, "wal_level", "logical");

        assertThat(http.requests.stream().filter(r -> r.startsWith("PUT"))).hasSize(2);
    }

    @Test
    void changeParameter_operationFails_carriesItsCode() {
        http.answer(202, "", "Azure-AsyncOperation", OPERATION)
                .answer(
                        200,
                        "{\"status\":\"Failed\",\"error\":{\"code\":\"InvalidParameterValue\",\"message\":\"no such level\"}}");

        assertThatThrownBy(() -> control.changeParameter(ID, "wal_level", "x"))
                .isInstanceOf(MirrorException.class)
                .hasMessage("InvalidParameterValue: cannot set wal_level of pg-orders: Azure refuses it")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.problem().seen()).contains("InvalidParameterValue: no such level"));
    }

    @Test
    void server_azureFailsAndConnectionBreaks_isReadAgain() {
        http.answer(503, "not json")
                .fail(new IOException("reset"))
                .answer(200, "<html>")
                .answer(200, "{\"properties\":{}}");

        assertThat(control.server(ID).id()).isEqualTo(ID);
        assertThat(time.passed()).isEqualTo(Duration.ofSeconds(2 + 4 + 8));
    }

    @Test
    void server_noRoute_saysSoAfterSomeAttempts() {
        for (int i = 0; i < ServiceCalls.ATTEMPTS; i++) {
            http.fail(new ConnectException("Connection refused"));
        }

        assertThatThrownBy(() -> control.server(ID))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("AZURE_NOT_REACHABLE: cannot read server pg-orders")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.problem().seen()).contains("ConnectException: Connection refused"));
        assertThat(http.isEmpty()).isTrue();
    }

    @Test
    void changeParameter_neverLeft_isSentAgain() {
        http.fail(new ConnectException("Connection refused")).answer(200, "{}");

        control.changeParameter(ID, "wal_level", "logical");

        assertThat(http.requests).hasSize(2);
    }

    @Test
    void changeParameter_answerLost_isUnknownAndNotRepeated() {
        http.fail(new IOException("Connection reset"));

        assertThatThrownBy(() -> control.changeParameter(ID, "wal_level", "logical"))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("no answer to: set wal_level of pg-orders (IOException: Connection reset)");
        assertThat(http.requests).hasSize(1);
    }

    @Test
    void restart_gatewayTimesOut_isUnknownAndNotRepeated() {
        http.answer(504, "");

        assertThatThrownBy(() -> control.restart(ID))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("no answer to: restart pg-orders (504 HTTP_504)");
        assertThat(http.requests).hasSize(1);
    }

    @Test
    void restart_endCannotBeSeen_isUnknown() {
        http.answer(202, "", "Azure-AsyncOperation", OPERATION).answer(404, "{\"error\":{\"code\":\"NotFound\"}}");

        assertThatThrownBy(() -> control.restart(ID))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("restart pg-orders (accepted, its end could not be seen)");
    }

    @Test
    void restart_neverEnds_isUnknownAfterTheLimit() {
        http.answer(202, "", "Azure-AsyncOperation", OPERATION);
        for (int i = 0; i < 500; i++) {
            http.answer(200, "{\"status\":\"InProgress\"}");
        }

        assertThatThrownBy(() -> control.restart(ID))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("not ended after PT30M");
        assertThat(time.passed()).isBetween(LongOperation.LIMIT, LongOperation.LIMIT.plusSeconds(10));
    }

    @Test
    void restart_interruptedWhileFollowed_isUnknownAndFlagStays() {
        http.answer(202, "", "Azure-AsyncOperation", OPERATION);
        ServerControl interrupting = new ArmServerControl(ScriptedHttp.CREDENTIAL, http, null, new SkippedTime() {
            @Override
            public void pause(Duration duration) throws InterruptedException {
                throw new InterruptedException();
            }
        });

        assertThatThrownBy(() -> interrupting.restart(ID)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "403, AuthorizationFailed, role",
        "409, ScopeLocked, lock",
        "403, RequestDisallowedByPolicy, policy",
        "401, InvalidAuthenticationTokenTenant, tenant",
    })
    @Tag("G51")
    void restart_refusedWithAKnownCode_keepsTheCodeAndTellsTheWayOut(int status, String code, String word) {
        http.answer(
                status,
                "{\"error\":{\"code\":\"" + code + "\",\"message\":\"because\\r\\n it is so\"}}",
                "x-ms-request-id",
                "req-7");

        assertThatThrownBy(() -> control.restart(ID))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith(code + ": ")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.problem().seen()).contains(status + " " + code + ": because it is so"))
                .satisfies(e -> assertThat(e.problem().requestId()).contains("req-7"))
                .satisfies(e -> assertThat(e.problem().remedy())
                        .hasValueSatisfying(r -> assertThat(r).contains(word)));
    }

    @Test
    @Tag("G51")
    void restart_refusedWithAnUnknownCode_keepsIt() {
        http.answer(400, "{\"error\":{\"code\":\"SomethingNew\",\"message\":\"of 2031\"}}");

        assertThatThrownBy(() -> control.restart(ID))
                .hasMessage("SomethingNew: cannot restart pg-orders: Azure refuses it");
    }

    @Test
    void restart_refusedByAProxyInPlainText_isStillExplained() {
        http.answer(403, "Forbidden by corporate proxy");

        assertThatThrownBy(() -> control.restart(ID))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("HTTP_403: cannot restart pg-orders");
    }

    @ParameterizedTest
    @CsvSource({"ResourceNotFound", "ResourceGroupNotFound", "SubscriptionNotFound"})
    @Tag("G01")
    void server_notThere_isNamedInFull(String code) {
        http.answer(404, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"gone\"}}", "x-ms-request-id", "req-2");

        assertThatThrownBy(() -> control.server(ID))
                .hasMessageContaining(
                        "SERVER_NOT_FOUND: no flexible server pg-orders in resource group rg-main of subscription sub-1")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.problem().requestId()).contains("req-2"));
    }

    @Test
    void restart_noToken_isKnownNotToHaveHappened() {
        ServerControl control = new ArmServerControl(
                request -> Mono.error(new ClientAuthenticationException("AADSTS7000222: expired\nTrace: x", null)),
                http,
                null,
                time);

        assertThatThrownBy(() -> control.restart(ID))
                .isNotInstanceOf(OutcomeUnknownException.class)
                .hasMessageStartingWith("SIGN_IN_FAILED: cannot restart pg-orders")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.problem().seen()).contains("AADSTS7000222: expired"));
        assertThat(http.requests).isEmpty();
    }

    @Test
    void anyCall_credentialFailsInItsOwnWay_isStillAProblem() {
        ServerControl control = new ArmServerControl(
                request -> Mono.error(new UnsupportedOperationException("no idea")), http, null, time);

        assertThatThrownBy(() -> control.server(ID))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("UNEXPECTED_ERROR: cannot read server pg-orders")
                .hasRootCauseMessage("no idea");
        assertThatThrownBy(() -> control.restart(ID)).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void enableSystemIdentity_userAssignedOnesThere_areNamedAgain() {
        http.answer(
                        200,
                        "{\"identity\":{\"type\":\"UserAssigned\",\"userAssignedIdentities\":"
                                + "{\"/ids/a\":{\"principalId\":\"p\",\"clientId\":\"c\"}}},\"properties\":{}}")
                .answer(200, "{}")
                .answer(
                        200,
                        "{\"identity\":{\"type\":\"SystemAssigned,UserAssigned\",\"principalId\":\"pid\"},\"properties\":{}}");

        Server after = control.enableSystemIdentity(ID);

        assertThat(http.requests.get(1))
                .isEqualTo(
                        "PATCH " + SERVER_URL + "?api-version=2025-01-01-preview"
                                + " {\"identity\":{\"type\":\"SystemAssigned,UserAssigned\",\"userAssignedIdentities\":{\"/ids/a\":{}}}}");
        assertThat(after.systemIdentity()).contains("pid");
    }

    @Test
    void enableSystemIdentity_alreadyOn_sendsNothing() {
        http.answer(200, "{\"identity\":{\"type\":\"SystemAssigned\",\"principalId\":\"pid\"},\"properties\":{}}");

        assertThat(control.enableSystemIdentity(ID).systemIdentity()).contains("pid");
        assertThat(http.requests).hasSize(1);
    }

    @Test
    void enablePasswordSignIn_entraOnly_keepsEntra() {
        http.answer(
                        200,
                        "{\"properties\":{\"authConfig\":{\"activeDirectoryAuth\":\"Enabled\",\"passwordAuth\":\"Disabled\",\"tenantId\":\"t\"}}}")
                .answer(200, "{}");

        control.enablePasswordSignIn(ID);

        assertThat(http.requests.get(1))
                .endsWith(
                        " {\"properties\":{\"authConfig\":{\"activeDirectoryAuth\":\"Enabled\",\"passwordAuth\":\"Enabled\",\"tenantId\":\"t\"}}}");
    }

    @Test
    void armApiVersion_given_isAskedForEverywhere() {
        ServerControl newer = new ArmServerControl(ScriptedHttp.CREDENTIAL, http, "2025-08-01", time);
        http.answer(202, "", "Azure-AsyncOperation", OPERATION + "?api-version=2025-01-01-preview&t=1")
                .answer(200, SUCCEEDED);

        newer.restart(ID);

        assertThat(http.requests)
                .containsExactly(
                        "POST " + SERVER_URL + "/restart?api-version=2025-08-01",
                        "GET " + OPERATION + "?api-version=2025-08-01&t=1");
    }

    @FunctionalInterface
    interface Call {
        void on(ServerControl control);
    }
}
