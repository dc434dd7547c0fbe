package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.TableName;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.WorkspaceRole;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.MirrorDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FabricAdapterTest {
    private static final String API = "https://api.fabric.microsoft.com/v1";
    private static final String WS = "11111111-1111-1111-1111-111111111111";
    private static final String CAPACITY = "22222222-2222-2222-2222-222222222222";
    private static final String CONNECTION = "33333333-3333-3333-3333-333333333333";
    private static final String ITEM = "44444444-4444-4444-4444-444444444444";
    private static final String IDENTITY = "55555555-5555-5555-5555-555555555555";
    private static final String GATEWAY = "66666666-6666-6666-6666-666666666666";
    private static final Mirror MIRROR = new Mirror(WS, ITEM, "orders");

    private final ScriptedHttp http = new ScriptedHttp();
    private final SkippedTime time = new SkippedTime();
    private final FabricControl fabric =
            new FabricAdapter(Cloud.PUBLIC, request -> ScriptedHttp.CREDENTIAL.getToken(request), http, time);

    @Test
    void workspace_named_isJoinedWithItsCapacity() {
        http.answer(
                        200,
                        "{\"value\":[{\"id\":\"" + CAPACITY
                                + "\",\"displayName\":\"F8-eu\",\"sku\":\"F8\",\"region\":\"West Europe\",\"state\":\"Inactive\"}]}")
                .answer(200, workspaces("Sales-Dev", "Sales"));

        assertThat(fabric.workspace(WorkspaceRef.named("Sales")))
                .isEqualTo(new FabricControl.Workspace(WS.replace('1', '2'), "Sales", "F8-eu", "Inactive"));
        assertThat(http.requests).containsExactly("GET " + API + "/capacities", "GET " + API + "/workspaces");
    }

    @Test
    void workspace_capacityNotVisible_isEmptyText() {
        http.answer(200, "{\"value\":[]}").answer(200, workspaces("Sales"));

        assertThat(fabric.workspace(WorkspaceRef.id(WS))).isEqualTo(new FabricControl.Workspace(WS, "Sales", "", ""));
    }

    @Test
    void workspace_notVisible_namesTheNearest() {
        http.answer(200, "{\"value\":[]}").answer(200, workspaces("Finance", "Sales-Dev"));

        assertThatThrownBy(() -> fabric.workspace(WorkspaceRef.named("Sales")))
                .hasMessageStartingWith("WORKSPACE_NOT_FOUND: no workspace named \"Sales\" is visible to this identity")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e ->
                        assertThat(e.problem().seen()).contains("2 workspaces listed; nearest name \"Sales-Dev\""));
    }

    @Test
    void workspace_noneVisible_namesTheTenantSetting() {
        http.answer(200, "{\"value\":[]}").answer(200, workspaces());

        assertThatThrownBy(() -> fabric.workspace(WorkspaceRef.named("Sales")))
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.problem().cause())
                        .hasValueSatisfying(
                                c -> assertThat(c).contains("Service principals can call Fabric public APIs")));
    }

    @ParameterizedTest
    @CsvSource({"InsufficientPrivileges", "InsufficientWorkspaceRole"})
    @Tag("G51")
    void roleAssignments_callerIsContributor_asksForMember(String code) {
        http.answer(403, error(code, "no"));

        assertThatThrownBy(() -> fabric.roleAssignments(WS))
                .hasMessageStartingWith("WORKSPACE_ROLE_INSUFFICIENT: ")
                .hasMessageContaining("Member")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.problem().seen()).contains("403 " + code + ": no"))
                .satisfies(e -> assertThat(e.problem().requestId()).contains("req-1"));
    }

    @Test
    @Tag("G35")
    void assignRole_principalNotKnownYet_isWaitedFor() {
        http.answer(400, error("PrincipalNotFound", "not found"))
                .answer(400, error("PrincipalNotFound", "not found"))
                .answer(201, assignment("Contributor"));

        fabric.assignRole(WS, IDENTITY, WorkspaceRole.CONTRIBUTOR);

        assertThat(time.passed()).isEqualTo(Duration.ofSeconds(30));
        assertThat(http.requests)
                .hasSize(3)
                .last()
                .isEqualTo("POST " + API + "/workspaces/" + WS + "/roleAssignments {\"principal\":{\"id\":\"" + IDENTITY
                        + "\",\"type\":\"ServicePrincipal\"},\"role\":\"Contributor\"}");
    }

    @Test
    void assignRole_principalNeverKnown_endsAfterFiveMinutes() {
        for (int i = 0; i < 100; i++) {
            http.answer(400, error("PrincipalNotFound", "not found"));
        }

        assertThatThrownBy(() -> fabric.assignRole(WS, IDENTITY, WorkspaceRole.CONTRIBUTOR))
                .isNotInstanceOf(OutcomeUnknownException.class)
                .hasMessageStartingWith("PrincipalNotFound: Fabric refuses to give " + IDENTITY);
        assertThat(time.passed()).isBetween(Duration.ofMinutes(4), FabricAdapter.PRINCIPAL_LIMIT);
    }

    @Test
    void assignRole_roleAlreadyThere_isFine() {
        http.answer(409, error("PrincipalAlreadyHasWorkspaceRolePermissions", "has"));

        fabric.assignRole(WS, IDENTITY, WorkspaceRole.CONTRIBUTOR);

        assertThat(http.isEmpty()).isTrue();
    }

    @Test
    void gateway_notVisible_isEmpty() {
        http.answer(
                        200,
                        "{\"value\":[{\"id\":\"" + GATEWAY + "\",\"type\":\"VirtualNetwork\",\"displayName\":\"gw\"}]}")
                .answer(200, "{\"value\":[]}");

        assertThat(fabric.gateway(GATEWAY)).contains(new FabricControl.Gateway(GATEWAY, "gw", "VirtualNetwork"));
        assertThat(fabric.gateway("not-even-an-id")).isEmpty();
    }

    @Test
    @Tag("G38")
    void createMirror_listedTables_keepsTheSchemas() {
        http.answer(201, "{\"id\":\"" + ITEM + "\",\"displayName\":\"orders\",\"type\":\"MirroredDatabase\"}");

        Mirror made = fabric.createMirror(
                WS,
                "orders",
                new MirrorDefinition(CONNECTION, "orders", List.of(new TableName("sales", "Order Lines"))));

        assertThat(made).isEqualTo(MIRROR);
        assertThat(sent(0).replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"properties\":{\"target\":{\"type\":\"MountedRelationalDatabase\",\"typeProperties\":"
                                + "{\"format\":\"Delta\",\"defaultSchema\":\"public\"}},\"source\":{\"type\":\"AzurePostgreSql\","
                                + "\"typeProperties\":{\"connection\":\"" + CONNECTION
                                + "\",\"database\":\"orders\"}},\"mountedTables\":"
                                + "[{\"source\":{\"typeProperties\":{\"schemaName\":\"sales\",\"tableName\":\"OrderLines\"}}}]}}");
    }

    @Test
    @Tag("G38")
    void createMirror_allTables_namesNone() {
        http.answer(201, "{\"id\":\"" + ITEM + "\",\"displayName\":\"orders\"}");

        fabric.createMirror(WS, "orders", new MirrorDefinition(CONNECTION, "orders", null));

        assertThat(sent(0)).doesNotContain("mountedTables");
    }

    @Test
    void changeDefinition_fieldsWeDoNotKnow_areKept() {
        String present =
                "{\"properties\":{\"source\":{\"type\":\"AzurePostgreSql\",\"typeProperties\":{\"connection\":\""
                        + CONNECTION
                        + "\",\"database\":\"orders\",\"newOne\":1}},\"target\":{\"type\":\"MountedRelationalDatabase\",\"typeProperties\":"
                        + "{\"format\":\"Delta\",\"retentionInDays\":3}},\"future\":{\"a\":[1]}}}";
        http.answer(200, definition(present)).answer(200, "");

        fabric.changeDefinition(
                MIRROR, new MirrorDefinition(CONNECTION, "orders", List.of(new TableName("public", "t"))));

        assertThat(sent(1).replaceAll("\\s", ""))
                .contains("\"newOne\":1", "\"retentionInDays\":3", "\"future\":{\"a\":[1]}", "\"tableName\":\"t\"");
        assertThat(http.requests.get(1)).contains("\"path\":\".platform\"");
    }

    @Test
    void definition_tablesListed_areRead() {
        http.answer(
                200,
                definition(
                        "{\"properties\":{\"source\":{\"type\":\"AzurePostgreSql\",\"typeProperties\":{\"connection\":\""
                                + CONNECTION
                                + "\",\"database\":\"orders\"}},\"mountedTables\":[{\"source\":{\"typeProperties\":"
                                + "{\"schemaName\":\"a\",\"tableName\":\"b\"}}}]}}"));

        assertThat(fabric.definition(MIRROR))
                .isEqualTo(new MirrorDefinition(CONNECTION, "orders", List.of(new TableName("a", "b"))));
    }

    @Test
    @Tag("G40")
    void start_alreadyRunning_isFine() {
        http.answer(400, error("OperationNotAllowedInCurrentStatus", "Running"))
                .answer(200, "{\"status\":\"Running\"}");

        fabric.start(MIRROR);

        assertThat(http.isEmpty()).isTrue();
    }

    @Test
    @Tag("G40")
    void start_stillInitializing_isLeftToTheCaller() {
        http.answer(400, error("OperationNotAllowedInCurrentStatus", "Initializing"))
                .answer(200, "{\"status\":\"Initializing\"}");

        assertThatThrownBy(() -> fabric.start(MIRROR))
                .hasMessageStartingWith(
                        "OperationNotAllowedInCurrentStatus: Fabric refuses to start mirrored database \"orders\"");
    }

    @Test
    void state_withError_isOneText() {
        http.answer(
                200,
                "{\"status\":\"Stopped\",\"error\":{\"errorCode\":\"InputValidationError\",\"message\":\"not ready\"}}");

        assertThat(fabric.state(MIRROR))
                .isEqualTo(new FabricControl.MirrorState("Stopped", "InputValidationError: not ready"));
    }

    @Test
    void tables_someFail_areReadWithTheirRows() {
        http.answer(
                200,
                "{\"data\":[{\"sourceObjectType\":\"Table\",\"sourceSchemaName\":\"public\",\"sourceTableName\":\"t\","
                        + "\"status\":\"Failed\",\"metrics\":{\"processedBytes\":5,\"processedRows\":7,"
                        + "\"lastSyncDateTime\":\"2026-01-01T00:00:00.1234567Z\",\"lastSyncLatencyInSeconds\":4},"
                        + "\"error\":{\"errorCode\":\"E\",\"message\":\"m\"}}]}");

        assertThat(fabric.tables(MIRROR))
                .containsExactly(new FabricControl.MirroredTable(
                        new TableName("public", "t"),
                        "Failed",
                        7,
                        "E: m",
                        Instant.parse("2026-01-01T00:00:00.123456700Z"),
                        Duration.ofSeconds(4)));
    }

    @Test
    @Tag("G51")
    void mirrors_unknownErrorCode_passesUnharmed() {
        http.answer(400, error("SomethingNew", "of 2031"));

        assertThatThrownBy(() -> fabric.mirrors(WS))
                .isInstanceOf(MirrorException.class)
                .hasMessage("SomethingNew: Fabric refuses to list the mirrored databases of workspace " + WS);
    }

    private String sent(int request) {
        Matcher payload = Pattern.compile("\"path\":\"mirroring.json\",\"payload\":\"([^\"]+)\"")
                .matcher(http.requests.get(request));
        assertThat(payload.find()).as(http.requests.get(request)).isTrue();
        return new String(Base64.getDecoder().decode(payload.group(1)), StandardCharsets.UTF_8);
    }

    private static String definition(String mirroring) {
        return "{\"definition\":{\"parts\":[{\"path\":\"mirroring.json\",\"payload\":\""
                + Base64.getEncoder().encodeToString(mirroring.getBytes(StandardCharsets.UTF_8))
                + "\",\"payloadType\":\"InlineBase64\"},{\"path\":\".platform\",\"payload\":\"e30=\",\"payloadType\":\"InlineBase64\"}]}}";
    }

    private static String workspaces(String... names) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(WS.replace('1', (char) ('1' + i)))
                    .append("\",\"displayName\":\"")
                    .append(names[i])
                    .append("\",\"type\":\"Workspace\",\"capacityId\":\"")
                    .append(CAPACITY)
                    .append("\"}");
        }
        return "{\"value\":[" + json + "]}";
    }

    private static String assignment(String role) {
        return "{\"id\":\"" + IDENTITY + "\",\"principal\":{\"id\":\"" + IDENTITY
                + "\",\"type\":\"ServicePrincipal\"},\"role\":\"" + role + "\"}";
    }

    private static String error(String code, String message) {
        return "{\"errorCode\":\"" + code + "\",\"message\":\"" + message
                + "\",\"requestId\":\"req-1\",\"isRetriable\":false}";
    }
}
