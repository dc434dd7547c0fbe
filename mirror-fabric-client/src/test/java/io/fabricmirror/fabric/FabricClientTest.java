package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.CONNECTION;
import static io.fabricmirror.fabric.Samples.PRINCIPAL;
import static io.fabricmirror.fabric.Samples.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpHeaderName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class FabricClientTest {
    private static final String NOTHING = "{\"value\":[]}";

    private final Wire wire = new Wire();

    @Test
    @Tag("G50")
    void endpoint_isOneValueForHostAndScope() {
        List<String> scopes = new ArrayList<>();
        TokenCredential credential = request -> {
            scopes.addAll(request.getScopes());
            return Mono.just(
                    new AccessToken("t", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        };
        wire.answer(200, NOTHING).answer(200, NOTHING);

        FabricClient.builder(credential)
                .httpClient(wire)
                .clock(wire)
                .endpoint(FabricEndpoint.of("https://api.fabric.example.cn/"))
                .build()
                .workspaces()
                .list();
        FabricClient.builder(credential)
                .httpClient(wire)
                .clock(wire)
                .endpoint(FabricEndpoint.of("https://fabric-proxy.corp.example", "https://other.example/.default"))
                .build()
                .workspaces()
                .list();

        assertThat(wire.sent)
                .extracting(Wire.Sent::host)
                .containsExactly("api.fabric.example.cn", "fabric-proxy.corp.example");
        assertThat(scopes).containsExactly("https://api.fabric.example.cn/.default", "https://other.example/.default");
    }

    @Test
    void endpoint_workspaceHosts_areForCallsAboutTheWorkspaceOnly() {
        FabricClient fabric = wire.builder()
                .endpoint(FabricEndpoint.PUBLIC.withWorkspaceHosts())
                .build();
        wire.answer(200, NOTHING).answer(200, NOTHING);

        fabric.items().list(WORKSPACE);
        fabric.connections().list();

        assertThat(wire.sent)
                .extracting(Wire.Sent::host)
                .containsExactly(
                        "0cfd9c663bf04e4382574b76aa86581e.z0c.w.api.fabric.microsoft.com", "api.fabric.microsoft.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.fabric.microsoft.com",
                "https://user@api.fabric.microsoft.com",
                "https://api.fabric.microsoft.com/v1",
                "https://api.fabric.microsoft.com?x=1",
                "https:///",
                "api.fabric.microsoft.com"
            })
    void endpoint_anythingButAnHttpsRoot_isRefused(String base) {
        assertThatThrownBy(() -> FabricEndpoint.of(base))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid Fabric endpoint");
    }

    @Test
    void build_manyMistakes_namesThemAll() {
        assertThatThrownBy(() ->
                        wire.builder().requestsPerMinute(0).applicationId("a b").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Invalid FabricClient: requestsPerMinute is 0, give at least 1; applicationId does not fit a"
                                + " user agent, give at most 24 of A-Z a-z 0-9 . _ - /");
        assertThatThrownBy(() -> FabricLimits.builder()
                        .attempts(0)
                        .call(Duration.ZERO)
                        .heldName(Duration.ofSeconds(-1))
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Invalid FabricLimits: attempts is 0, give at least 1; call is PT0S, give at least PT0.001S;"
                                + " heldName is PT-1S, give at least PT0S");
        assertThatThrownBy(() -> NewConnection.cloud(" ").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Invalid NewConnection: displayName has 1 characters; give 1 to 200; type is not set; give type"
                                + " and creation method from supportedTypes(); credentials are not set");
    }

    @Test
    void requests_nameTheirSender() {
        wire.answer(200, NOTHING);

        wire.builder().applicationId("nightly/1.2").build().workspaces().list();

        assertThat(wire.sent.get(0).headers().getValue(HttpHeaderName.USER_AGENT))
                .matches("nightly/1\\.2 fabric-mirror-client/\\S+ \\(Java \\d+\\)");
    }

    /** Other HTTP clients than the default one send what the request says, or else chunks. */
    @Test
    void post_withoutBody_carriesItsLength() {
        wire.answer(200, "{\"status\":\"Running\"}");

        wire.client().mirroredDatabases().status(WORKSPACE, CONNECTION);

        assertThat(wire.sent.get(0).headers().getValue(HttpHeaderName.CONTENT_LENGTH))
                .isEqualTo("0");
    }

    @Test
    @Tag("G36")
    void connection_isEncryptedAndTestedUnlessToldOtherwise() {
        wire.answer(201, Samples.connectionAnswer()).answer(201, Samples.connectionAnswer());
        FabricClient fabric = wire.client();

        fabric.connections().create(Samples.connection().build());
        fabric.connections()
                .create(Samples.connection()
                        .encryption(ConnectionEncryption.ANY)
                        .withoutTest()
                        .build());

        assertThat(wire.sent.get(0).body())
                .contains("\"connectionEncryption\":\"Encrypted\"", "\"skipTestConnection\":false");
        assertThat(wire.sent.get(1).body()).contains("\"connectionEncryption\":\"Any\"", "\"skipTestConnection\":true");
    }

    @Test
    void caller_isReadFromTheTokenWithoutARequest() {
        String claims =
                "{\"tid\":\"" + WORKSPACE + "\",\"oid\":\"" + PRINCIPAL + "\",\"appid\":\"" + CONNECTION + "\"}";
        FabricClient fabric = client(
                "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                        + ".sig");

        assertThat(fabric.caller()).contains(new Caller(WORKSPACE, PRINCIPAL, CONNECTION));
        assertThat(wire.sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", "a.b", "a.!!.c", "a.e30.c", "a.W10.c", "..", "a.eyJ0aWQiOiJ4In0.c"})
    void caller_ofAnOpaqueToken_isEmpty(String token) {
        assertThat(client(token).caller()).isEmpty();
    }

    private FabricClient client(String token) {
        return FabricClient.builder(request -> Mono.just(new AccessToken(
                        token, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))))
                .httpClient(wire)
                .clock(wire)
                .build();
    }
}
