package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.CONNECTION;
import static io.fabricmirror.fabric.Samples.PASSWORD;
import static io.fabricmirror.fabric.Samples.PRINCIPAL;
import static io.fabricmirror.fabric.Samples.WORKSPACE;
import static io.fabricmirror.fabric.Samples.connection;
import static io.fabricmirror.fabric.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTest {
    private final Wire wire = new Wire();
    private final FabricClient fabric = wire.client();

    @Test
    @Tag("G51")
    void flat_allFields_areCarriedAndExplained() {
        wire.answer(
                400,
                json("{'requestId':'61ce56d1','errorCode':'PrincipalNotFound','isRetriable':false,"
                        + "'moreDetails':[{'relatedResource':{'resourceId':'2186','resourceType':'Principal'}},"
                        + "{'errorCode':'Deep','message':'reason'}],'message':'The provided principal was not found',"
                        + "'relatedResource':{'resourceId':'f8af','resourceType':'Workspace'}}"));

        FabricException thrown = refused();

        assertThat(thrown.status()).isEqualTo(400);
        assertThat(thrown.errorCode()).isEqualTo(FabricErrorCode.PRINCIPAL_NOT_FOUND);
        assertThat(thrown.requestId()).contains("61ce56d1");
        assertThat(thrown.error().relatedResource()).isEqualTo(new FabricError.Resource("f8af", "Workspace"));
        assertThat(thrown.moreDetails())
                .containsExactly(
                        new FabricError.Detail(null, "", new FabricError.Resource("2186", "Principal")),
                        new FabricError.Detail(new FabricErrorCode("Deep"), "reason", null));
        assertThat(thrown.remedy()).get().asString().contains("object id");
        assertThat(thrown)
                .hasMessage(
                        "give " + PRINCIPAL + " role Contributor in workspaces " + WORKSPACE
                                + ": 400 PrincipalNotFound: The provided principal was not found (Deep: reason) (request"
                                + " 61ce56d1); check the object id (not the application id); a new identity is known after some minutes");
    }

    @Test
    @Tag("G51")
    void unknownCode_passesUnharmed() {
        wire.answer(418, json("{'errorCode':'TeapotIsHot','message':'wait'}"), "RequestId", "r-1");

        FabricException thrown = refused();

        assertThat(thrown.errorCode()).isEqualTo(new FabricErrorCode("TeapotIsHot"));
        assertThat(thrown.remedy()).isEmpty();
        assertThat(thrown.requestId()).contains("r-1");
        assertThat(thrown).hasMessageEndingWith(": 418 TeapotIsHot: wait (request r-1)");
    }

    /** Scripts in the field tell a server that cannot be reached by the texts behind the error, as its code says nothing. */
    @Test
    @Tag("G51")
    void codeThatSaysNothing_isExplainedByTheOneBehindIt() {
        wire.answer(
                400,
                json(
                        "{'errorCode':'UnknownError','message':'unexpected','moreDetails':[{'message':'first'},"
                                + "{'errorCode':'DM_GWPipeline_Gateway_MashupDataAccessError','message':'No such host is known'}]}"));

        assertThat(refused())
                .hasMessageEndingWith(": 400 UnknownError: unexpected (first;"
                        + " DM_GWPipeline_Gateway_MashupDataAccessError: No such host is known); check that Fabric reaches the"
                        + " source: the rule for Azure services, or a gateway that is online");
    }

    @Test
    void wrapped_isRead() {
        wire.answer(403, json("{'error':{'code':'TenantSwitchDisabled','message':'off'}}"));

        assertThat(refused().errorCode()).isEqualTo(FabricErrorCode.TENANT_SWITCH_DISABLED);
    }

    @Test
    void codeInHeaderOnly_isRead() {
        wire.answer(400, "", "x-ms-public-api-error-code", "OperationNotSupportedForItem");

        assertThat(refused().errorCode().value()).isEqualTo("OperationNotSupportedForItem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "<html><body>Proxy</body></html>", "{\"errorCode\":{}}", "\u0000\u0001", "{"})
    void noJson_isAnErrorOfTheWay(String body) {
        wire.answer(407, body);

        FabricException thrown = refused();

        assertThat(thrown.errorCode()).isEqualTo(FabricErrorCode.HTTP_ERROR);
        assertThat(thrown.status()).isEqualTo(407);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DuplicateConnectionName", "DuplicateConnectionNameInput"})
    @Tag("G51")
    void bothSpellings_meanTheSame(String code) {
        wire.answer(409, json("{'errorCode':'" + code + "','message':'taken'}"));

        FabricException thrown = refused();

        assertThat(thrown.errorCode().means(FabricErrorCode.DUPLICATE_CONNECTION_NAME))
                .isTrue();
        assertThat(thrown.errorCode().value()).isEqualTo(code);
        assertThat(thrown.remedy()).get().asString().contains("may be invisible to the caller");
    }

    @Test
    void secrets_echoedByTheService_areTakenOut() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode sentBack = JsonNodeFactory.instance.objectNode().put("password", PASSWORD);
        body.put("errorCode", "IncorrectCredentials").put("message", "login with " + PASSWORD + " failed");
        body.putArray("moreDetails").addObject().put("errorCode", PASSWORD).put("message", "body was " + sentBack);
        wire.answer(400, body.toString());

        FabricException thrown = catchThrowableOfType(
                FabricException.class,
                () -> fabric.connections().create(connection().build()));

        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        assertThat(text + " " + thrown.error())
                .contains("login with (secret) failed", "body was {\"password\":\"(secret)\"}")
                .doesNotContain("s3cr", "ü-value");
    }

    @Test
    void secrets_areInNoText() {
        Credentials credentials = Credentials.basic("fabric_user", PASSWORD);

        assertThat(credentials + " " + connection().build() + " "
                        + ConnectionUpdate.builder().credentials(credentials).build())
                .contains("Basic credentials of fabric_user")
                .doesNotContain("s3cr");
    }

    @Test
    void message_withLineBreaks_staysOneLine() {
        wire.answer(400, json("{'errorCode':'X','message':'a\\r\\n2026-01-01 INFO all is well'}"));

        assertThat(refused()).hasMessageEndingWith("X: a 2026-01-01 INFO all is well");
    }

    @Test
    void update_namesTheConnection() {
        wire.answer(400, json("{'errorCode':'CannotUpdateCredentialType','message':'fixed'}"));
        Connection there = new Connection(
                CONNECTION, "orders-pg", Connectivity.CLOUD, null, "AzurePostgreSQL", "s;d", null, null, null, null);

        FabricException thrown = catchThrowableOfType(
                FabricException.class, () -> fabric.connections().updateCredentials(there, Credentials.key(PASSWORD)));

        assertThat(thrown)
                .hasMessage(
                        "update connection orders-pg: 400 CannotUpdateCredentialType: fixed; create a new connection"
                                + " with the other credentials");
    }

    private FabricException refused() {
        return catchThrowableOfType(
                FabricException.class,
                () -> fabric.workspaces()
                        .addRoleAssignment(
                                WORKSPACE, Principal.servicePrincipal(PRINCIPAL), WorkspaceRole.CONTRIBUTOR));
    }
}
