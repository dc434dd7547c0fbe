package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.NewConnection;
import io.fabricmirror.spi.Secret;
import java.io.IOException;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FabricAdapterConnectionsTest {
    private static final String API = "https://api.fabric.microsoft.com/v1";
    private static final String CONNECTION = "33333333-3333-3333-3333-333333333333";
    private static final String GATEWAY = "66666666-6666-6666-6666-666666666666";
    private static final NewConnection WANTED = new NewConnection(
            "pg-orders;orders fabric_user", null, "pg.example", "orders", "fabric_user", Secret.of("s3cret"));
    private static final String TYPES = """
            {"value":[
             {"type":"PostgreSQL","creationMethods":[{"name":"PostgreSql","parameters":[
               {"name":"server","dataType":"Text","required":true,"allowedValues":null}]}],
              "supportedCredentialTypes":["Basic"],"supportedConnectionEncryptionTypes":["Encrypted"],
              "supportsSkipTestConnection":false},
             {"type":"AzurePostgreSQL","creationMethods":[{"name":"AzurePostgreSQL.Database","parameters":[
               {"name":"server","dataType":"Text","required":true,"allowedValues":null},
               {"name":"database","dataType":"Text","required":true,"allowedValues":null},
               {"name":"CommandTimeout","dataType":"Duration","required":false,"allowedValues":null}]}],
              "supportedCredentialTypes":["Basic","OAuth2"],"supportedConnectionEncryptionTypes":["NotEncrypted","Encrypted"],
              "supportsSkipTestConnection":false}]}""";
    private static final String CREATED =
            "{\"id\":\"" + CONNECTION + "\",\"displayName\":\"pg-orders;orders fabric_user\","
                    + "\"connectivityType\":\"ShareableCloud\",\"connectionDetails\":{\"type\":\"AzurePostgreSQL\","
                    + "\"path\":\"pg.example;orders\"}}";

    private final ScriptedHttp http = new ScriptedHttp();
    private final SkippedTime time = new SkippedTime();
    private final FabricControl fabric =
            new FabricAdapter(Cloud.PUBLIC, request -> ScriptedHttp.CREDENTIAL.getToken(request), http, time);

    @Test
    @Tag("G36")
    void createConnection_bothTypesOffered_takesTheAzureOneEncryptedAndTested() {
        http.answer(200, TYPES).answer(201, CREATED);

        FabricConnection created = fabric.createConnection(WANTED);

        assertThat(created)
                .isEqualTo(new FabricConnection(
                        CONNECTION, WANTED.name(), "ShareableCloud", null, "AzurePostgreSQL", "pg.example;orders", ""));
        assertThat(http.requests.get(1))
                .contains("\"type\":\"AzurePostgreSQL\",\"creationMethod\":\"AzurePostgreSQL.Database\"")
                .contains("{\"dataType\":\"Text\",\"name\":\"server\",\"value\":\"pg.example\"}")
                .contains("{\"dataType\":\"Text\",\"name\":\"database\",\"value\":\"orders\"}")
                .doesNotContain("CommandTimeout")
                .contains("\"connectionEncryption\":\"Encrypted\",\"skipTestConnection\":false")
                .contains("\"credentialType\":\"Basic\"");
    }

    @Test
    @Tag("G36")
    void createConnection_throughAGateway_asksForItsTypes() {
        http.answer(200, TYPES).answer(201, CREATED);

        fabric.createConnection(new NewConnection("n", GATEWAY, "h", "d", "u", Secret.of("p")));

        assertThat(http.requests.get(0))
                .isEqualTo("GET " + API + "/connections/supportedConnectionTypes?gatewayId=" + GATEWAY);
        assertThat(http.requests.get(1))
                .contains("\"connectivityType\":\"VirtualNetworkGateway\"")
                .contains("\"gatewayId\":\"" + GATEWAY + "\"");
    }

    @Test
    void createConnection_noPostgresOffered_saysSo() {
        http.answer(200, "{\"value\":[]}");

        assertThatThrownBy(() -> fabric.createConnection(WANTED))
                .hasMessageStartingWith("CONNECTION_TYPE_NOT_OFFERED: ");
    }

    @Test
    void createConnection_typeWantsMoreThanWeKnow_saysWhat() {
        http.answer(
                200,
                TYPES.replace(
                        "CommandTimeout\",\"dataType\":\"Duration\",\"required\":false",
                        "tier\",\"dataType\":\"Text\",\"required\":true"));

        assertThatThrownBy(() -> fabric.createConnection(WANTED))
                .hasMessageStartingWith(
                        "CONNECTION_TYPE_CHANGED: connections of type AzurePostgreSQL now need \"tier\"");
    }

    @ParameterizedTest
    @CsvSource({"DuplicateConnectionName", "DuplicateConnectionNameInput"})
    @Tag("G37")
    void createConnection_nameTakenByOurs_isAdopted(String code) {
        http.answer(200, TYPES).answer(409, error(code, "taken")).answer(200, "{\"value\":[" + CREATED + "]}");

        assertThat(fabric.createConnection(WANTED).id()).isEqualTo(CONNECTION);
    }

    @Test
    @Tag("G37")
    void createConnection_nameTakenByAnInvisibleOne_isExplained() {
        http.answer(200, TYPES)
                .answer(409, error("DuplicateConnectionName", "taken"))
                .answer(200, "{\"value\":[]}");

        assertThatThrownBy(() -> fabric.createConnection(WANTED))
                .hasMessageStartingWith("CONNECTION_NAME_TAKEN: a connection \"pg-orders;orders fabric_user\" exists,"
                        + " but this identity may not see it; none was created")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(
                        e -> assertThat(e.problem().seen())
                                .contains(
                                        "errorCode DuplicateConnectionName; 0 connections visible, none points at pg.example;orders"));
    }

    @Test
    @Tag("G51")
    @Tag("G26")
    void createConnection_passwordRefused_isExplainedWithoutIt() {
        http.answer(200, TYPES)
                .answer(400, error("IncorrectCredentials", "The credentials provided are wrong: s3cret"));

        assertThatThrownBy(() -> fabric.createConnection(WANTED))
                .hasMessageStartingWith("IncorrectCredentials: pg.example did not let \"fabric_user\" in")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("s3cret"))
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.details()).doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @CsvSource({
        "UnknownError, Gateway_MashupDataAccessError: x",
        "UnknownError, connected party did not properly respond after a period of time",
        "IncorrectCredentials, No such host is known",
    })
    @Tag("G51")
    void createConnection_serverNotReached_isToldFromAWrongPassword(String code, String text) {
        http.answer(200, TYPES)
                .answer(
                        400,
                        "{\"errorCode\":\"" + code + "\",\"message\":\"no\",\"requestId\":\"r\",\"moreDetails\":"
                                + "[{\"errorCode\":\"DM_GWPipeline\",\"message\":\"" + text + "\"}]}");

        assertThatThrownBy(() -> fabric.createConnection(WANTED))
                .hasMessageStartingWith("SERVER_NOT_REACHABLE_FROM_FABRIC: Fabric does not reach pg.example")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.details()).contains(code, text));
    }

    @Test
    void createConnection_answerLost_isUnknownAndNotRepeated() {
        http.answer(200, TYPES).fail(new IOException("reset"));

        assertThatThrownBy(() -> fabric.createConnection(WANTED))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("create connection \"pg-orders;orders fabric_user\"")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("s3cret"));
        assertThat(http.requests).hasSize(2);
    }

    @Test
    void replaceCredentials_anyConnection_repeatsItsConnectivity() {
        http.answer(200, CREATED);

        fabric.replaceCredentials(
                new FabricConnection(CONNECTION, "n", "VirtualNetworkGateway", GATEWAY, "PostgreSQL", "h;d", "Basic"),
                "fabric_user",
                Secret.of("new"));

        assertThat(http.requests.get(0))
                .startsWith("PATCH " + API + "/connections/" + CONNECTION
                        + " {\"connectivityType\":\"VirtualNetworkGateway\"")
                .contains(
                        "\"username\":\"fabric_user\"",
                        "\"password\":\"new\"",
                        "\"connectionEncryption\":\"Encrypted\"");
    }

    @Test
    void testConnection_offline_tellsWhy() {
        http.answer(200, "{\"status\":\"Offline\",\"errors\":[{\"errorCode\":\"X\",\"message\":\"no route\"}]}")
                .answer(200, "{\"status\":\"Online\",\"errors\":[]}");

        assertThat(fabric.testConnection(CONNECTION)).contains("X: no route");
        assertThat(fabric.testConnection(CONNECTION)).isEmpty();
    }

    private static String error(String code, String message) {
        return "{\"errorCode\":\"" + code + "\",\"message\":\"" + message
                + "\",\"requestId\":\"req-1\",\"isRetriable\":false}";
    }
}
