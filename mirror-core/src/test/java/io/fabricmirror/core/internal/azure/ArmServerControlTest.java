package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.fabricmirror.MirrorException;
import io.fabricmirror.ServerId;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.ServerControl.Server;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmServerControlTest {
    private static final ServerId ID = ServerId.of("sub-1", "rg-main", "pg-orders");
    private static final String SERVER_URL = "https://management.azure.com/subscriptions/sub-1/resourceGroups/rg-main"
            + "/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders";
    private static final String OPERATION = "https://management.azure.com/subscriptions/sub-1/azureAsyncOperation/op-1";
    private static final String SUCCEEDED = "{\"status\":\"Succeeded\"}";

    private final ScriptedHttp http = new ScriptedHttp();
    private final SkippedTime time = new SkippedTime();
    private final ServerControl control = new ArmServerControl(Cloud.PUBLIC, ScriptedHttp.CREDENTIAL, http, null, time);

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
        ServerControl newer = new ArmServerControl(Cloud.PUBLIC, ScriptedHttp.CREDENTIAL, http, "2025-08-01", time);
        http.answer(202, "", "Azure-AsyncOperation", OPERATION + "?api-version=2025-01-01-preview&t=1")
                .answer(200, SUCCEEDED);

        newer.restart(ID);

        assertThat(http.requests)
                .containsExactly(
                        "POST " + SERVER_URL + "/restart?api-version=2025-08-01",
                        "GET " + OPERATION + "?api-version=2025-08-01&t=1");
    }
}
