package io.fabricmirror.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpHeaderName;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FabricClientTest {
    private static final UUID WS = UUID.fromString("0cfd9c66-3bf0-4e43-8257-4b76aa86581e");
    private static final UUID ID = UUID.fromString("8c2bfeae-c5a8-4eab-b19e-61d0cb8e9927");

    private final Wire wire = new Wire();
    private final FabricClient fabric = wire.client();

    @Test
    void list_twoPages_readsBoth() {
        wire.answer(
                200,
                "{'value':[{'id':'%s','displayName':'a'}],'continuationToken':'LDEsMTAwMDAwLDA%%3D'}"
                        .formatted(WS)
                        .replace('\'', '"'));
        wire.answer(200, "{\"value\":[],\"continuationToken\":null,\"continuationUri\":null}");

        List<Workspace> all = fabric.workspaces().list();

        assertThat(all).extracting(Workspace::displayName).containsExactly("a");
        assertThat(wire.lines())
                .containsExactly("GET /v1/workspaces", "GET /v1/workspaces?continuationToken=LDEsMTAwMDAwLDA%3D");
    }

    @Test
    void status_isReadByPostWithoutBody() {
        wire.answer(200, "{\"status\":\"Initializing\"}");

        MirroringStatus status = fabric.mirroredDatabases().status(WS, ID);

        assertThat(status.state()).isEqualTo(MirroringState.INITIALIZING);
        Wire.Sent sent = wire.sent.get(0);
        assertThat(sent.line())
                .isEqualTo("POST /v1/workspaces/" + WS + "/mirroredDatabases/" + ID + "/getMirroringStatus");
        assertThat(sent.headers().getValue(HttpHeaderName.CONTENT_LENGTH)).isEqualTo("0");
        assertThat(sent.headers().getValue(HttpHeaderName.AUTHORIZATION)).isEqualTo("Bearer token-1");
        assertThat(sent.host()).isEqualTo("api.fabric.microsoft.com");
    }

    @Test
    void create_answerLost_isUnknownAndSentOnce() {
        wire.breakDown(new SocketException("Connection reset"));

        assertThatThrownBy(() -> fabric.connections().create(connection("secret-1")))
                .isInstanceOf(FabricOutcomeUnknownException.class)
                .hasMessageStartingWith("create connection orders-pg: Client.NoAnswer")
                .hasMessageNotContaining("secret-1");
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void create_throttled_waitsAsAskedAndCreatesOnce() {
        wire.answer(429, "{\"errorCode\":\"RequestBlocked\",\"message\":\"later\"}", "Retry-After", "54");
        wire.answer(
                201,
                "{\"connectionDetails\":{\"path\":\"s;d\",\"type\":\"AzurePostgreSQL\"},\"id\":\"" + ID
                        + "\",\"connectivityType\":\"ShareableCloud\"}");

        Connection created = fabric.connections().create(connection("secret-1"));

        assertThat(created.path()).isEqualTo("s;d");
        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(54));
        assertThat(wire.sent.get(1).body())
                .contains("\"connectionEncryption\":\"Encrypted\"", "\"password\":\"secret-1\"");
    }

    @Test
    void definition_longRunning_isFollowedAtOurHost() {
        UUID op = UUID.fromString("f25ec016-05d6-4ac2-aacf-ee69509977ab");
        String elsewhere = "https://wabi-west-europe-redirect.analysis.windows.net/v1/operations/" + op;
        wire.answer(202, "null", "Location", elsewhere, "Retry-After", "20");
        wire.answer(200, "{\"status\":\"Running\",\"error\":null}", "Retry-After", "5");
        wire.answer(200, "{\"status\":\"Succeeded\"}", "Location", elsewhere + "/result");
        MirroringDefinition mirroring =
                MirroringDefinition.postgresql(ID, "orders").build();
        wire.answer(
                200,
                "{\"definition\":{\"parts\":[{\"path\":\"mirroring.json\",\"payloadType\":\"InlineBase64\",\"payload\":\""
                        + ItemDefinition.of(mirroring).parts().get(0).payload() + "\"}]}}");

        ItemDefinition read = fabric.mirroredDatabases().definition(WS, ID);

        assertThat(read.mirroring()).isEqualTo(mirroring);
        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(5));
        assertThat(wire.sent).extracting(Wire.Sent::host).containsOnly("api.fabric.microsoft.com");
        assertThat(wire.lines().subList(1, 4))
                .containsExactly(
                        "GET /v1/operations/" + op, "GET /v1/operations/" + op, "GET /v1/operations/" + op + "/result");
    }

    @Test
    void operationState_timeWithoutZone_isUtc() {
        wire.answer(200, "{\"status\":\"Running\",\"createdTimeUtc\":\"2025-09-03T06:42:09.1859199\"}");

        assertThat(fabric.operations().state(ID).created()).isEqualTo(Instant.parse("2025-09-03T06:42:09.1859199Z"));
    }

    private static NewConnection connection(String password) {
        return NewConnection.cloud("orders-pg")
                .type("AzurePostgreSQL", "AzurePostgreSQL.Database")
                .parameter("server", "s")
                .parameter("database", "d")
                .credentials(Credentials.basic("fabric_user", password))
                .build();
    }
}
