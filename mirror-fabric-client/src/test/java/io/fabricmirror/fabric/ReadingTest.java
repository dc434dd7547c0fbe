package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.CONNECTION;
import static io.fabricmirror.fabric.Samples.GATEWAY;
import static io.fabricmirror.fabric.Samples.MIRROR;
import static io.fabricmirror.fabric.Samples.WORKSPACE;
import static io.fabricmirror.fabric.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Missing, null, empty and of another type are the same; values are open; order means nothing. */
class ReadingTest {
    private final Wire wire = new Wire();
    private final FabricClient fabric = wire.client();

    @Test
    void connection_discriminatorLast_isRead() {
        wire.answer(
                200,
                json("{'gatewayId':'" + GATEWAY + "','id':'" + CONNECTION + "','displayName':'c','connectionDetails':"
                        + "{'path':'s;d','type':'SQL'},'privacyLevel':'None','credentialDetails':{'credentialType':'Basic',"
                        + "'connectionEncryption':'Encrypted'},'connectionRecency':{'lastBoundDateTime':"
                        + "'2026-01-29T08:43:07Z'},'connectivityType':'VirtualNetworkGateway'}"));

        Connection read = fabric.connections().get(CONNECTION);

        assertThat(read)
                .isEqualTo(new Connection(
                        CONNECTION,
                        "c",
                        Connectivity.VIRTUAL_NETWORK_GATEWAY,
                        GATEWAY,
                        "SQL",
                        "s;d",
                        PrivacyLevel.NONE,
                        CredentialType.BASIC,
                        ConnectionEncryption.ENCRYPTED,
                        new Connection.Use(null, Instant.parse("2026-01-29T08:43:07Z"), null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",'description':null,'capacityId':null,'workspaceIdentity':null",
                ",'description':'','capacityId':'','workspaceIdentity':{}",
                ",'description':[1],'capacityId':{},'workspaceIdentity':'x','capacityAssignmentProgress':[]",
            })
    void workspace_optionalFieldsAbsentInAnyWay_areAbsent(String fields) {
        wire.answer(200, json("{'id':'" + WORKSPACE + "','displayName':'w'" + fields + "}"));

        assertThat(fabric.workspaces().get(WORKSPACE))
                .isEqualTo(new Workspace(WORKSPACE, "w", "", null, "", null, null));
    }

    @Test
    void mirroredDatabase_beingMade_hasNoPathsYet() {
        wire.answer(
                200,
                json("{'id':'" + MIRROR + "','type':'MirroredDatabase','displayName':'orders','workspaceId':'"
                        + WORKSPACE
                        + "','sensitivityLabel':{},'properties':{'oneLakeTablesPath':null,'sqlEndpointProperties':"
                        + "{'connectionString':null,'id':null,'provisioningStatus':'InProgress'}}}"));

        assertThat(fabric.mirroredDatabases().get(WORKSPACE, MIRROR))
                .isEqualTo(new MirroredDatabase(
                        MIRROR,
                        WORKSPACE,
                        "orders",
                        "",
                        null,
                        "",
                        "",
                        new MirroredDatabase.SqlEndpoint("", "", SqlEndpointState.IN_PROGRESS)));
    }

    @Test
    void state_unknown_isKept() {
        wire.answer(200, json("{'status':'Hibernating','error':{'errorCode':'E','message':'m'},'extra':{}}"));

        MirroringStatus status = fabric.mirroredDatabases().status(WORKSPACE, MIRROR);

        assertThat(status.state()).isEqualTo(new MirroringState("Hibernating")).hasToString("Hibernating");
        assertThat(status.error()).isEqualTo(FabricError.of(new FabricErrorCode("E"), "m"));
    }

    @Test
    void error_withoutCode_isNotLost() {
        wire.answer(200, json("{'status':'Stopped','error':{'message':'The server is not ready for mirroring'}}"));

        assertThat(fabric.mirroredDatabases().status(WORKSPACE, MIRROR).error())
                .isEqualTo(FabricError.of(FabricErrorCode.UNKNOWN_ERROR, "The server is not ready for mirroring"));
    }

    @Test
    void table_metrics_areRead() {
        wire.answer(
                200,
                json("{'data':[{'sourceObjectType':'Table','sourceSchemaName':'public','sourceTableName':'orders',"
                        + "'status':'Replicating','metrics':{'processedBytes':9007199254740993,'processedRows':20000,"
                        + "'lastSyncDateTime':'2024-10-08T05:07:11.0663362Z','lastSyncLatencyInSeconds':48}},"
                        + "{'status':'Failed','error':{'errorCode':'Fail','message':'m'}}]}"));

        assertThat(fabric.mirroredDatabases().tablesStatus(WORKSPACE, MIRROR))
                .containsExactly(
                        new TableMirroringStatus(
                                SourceObjectType.TABLE,
                                "public",
                                "orders",
                                TableMirroringState.REPLICATING,
                                20_000,
                                9_007_199_254_740_993L,
                                Instant.parse("2024-10-08T05:07:11.0663362Z"),
                                Duration.ofSeconds(48),
                                null),
                        new TableMirroringStatus(
                                SourceObjectType.TABLE,
                                "",
                                "",
                                TableMirroringState.FAILED,
                                0,
                                0,
                                null,
                                null,
                                FabricError.of(new FabricErrorCode("Fail"), "m")));
    }

    @Test
    void connectionTypes_nullLists_areEmpty() {
        wire.answer(
                200,
                json(
                        "{'value':[{'type':'AzurePostgreSQL','creationMethods':[{'name':'AzurePostgreSQL.Database',"
                                + "'parameters':[{'name':'server','dataType':'Text','required':true,'allowedValues':null}]}],"
                                + "'supportedCredentialTypes':['Basic','OAuth2'],'supportedConnectionEncryptionTypes':['Encrypted'],"
                                + "'supportsSkipTestConnection':false,'supportedCredentialTypesForUsageInUserControlledCode':null}]}"));

        assertThat(fabric.connections().supportedTypes())
                .containsExactly(new ConnectionType(
                        "AzurePostgreSQL",
                        List.of(new ConnectionType.CreationMethod(
                                "AzurePostgreSQL.Database",
                                List.of(new ConnectionType.Parameter("server", ParameterType.TEXT, true, List.of())))),
                        List.of(CredentialType.BASIC, CredentialType.OAUTH2),
                        List.of(ConnectionEncryption.ENCRYPTED),
                        false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'id':null,'displayName':'w'}", "{'id':'1-1-1-1-1','displayName':'w'}", "{'id':7}"})
    void workspace_withoutAGoodId_isAnErrorThatNamesTheField(String body) {
        wire.answer(200, json(body));

        assertThatThrownBy(() -> fabric.workspaces().get(WORKSPACE))
                .isExactlyInstanceOf(FabricException.class)
                .hasMessageContaining("Client.Unreadable")
                .hasMessageContaining("field \"id\" is missing or no GUID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "true", "[]", "{\"status\":", "{\"status\":\"Running\"} {}", "{\"a\":NaN}"})
    void status_notAnObject_isATypedError(String body) {
        wire.answer(200, body);

        assertThatThrownBy(() -> fabric.mirroredDatabases().status(WORKSPACE, MIRROR))
                .isExactlyInstanceOf(FabricException.class)
                .hasMessageContaining("Client.Unreadable: Cannot read answer: ");
    }
}
