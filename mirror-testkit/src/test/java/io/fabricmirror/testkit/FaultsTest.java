package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenRequestContext;
import io.fabricmirror.testkit.internal.json.Json;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to spoil a call, over HTTP and without. */
class FaultsTest {
    private static final Call LIST = Call.LIST_WORKSPACES;

    enum Way {
        OVER_HTTP,
        WITHOUT_HTTP
    }

    private LocalAzure azure = LocalAzure.builder().withoutHttp().start();

    private Rest fabric(Way way) {
        if (way == Way.OVER_HTTP) {
            azure.close();
            azure = LocalAzure.start();
        }
        Rest rest = new Rest(azure);
        azure.credential()
                .getTokenSync(new TokenRequestContext().addScopes("https://api.fabric.microsoft.com/.default"));
        return rest;
    }

    @AfterEach
    void close() {
        azure.close();
    }

    @ParameterizedTest
    @EnumSource
    void lost_breaksTheConnectionOnce(Way way) {
        Rest fabric = fabric(way);
        azure.faults().on(LIST).first().lost();

        assertThatThrownBy(() -> fabric.get("/workspaces")).isInstanceOf(UncheckedIOException.class);
        assertThat(fabric.get("/workspaces").status()).isEqualTo(200);
        assertThat(azure.calls(LIST)).extracting(RecordedCall::status).containsExactly(0, 200);
        assertThat(azure.faults().unfired()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void doneButAnswerLost_isDone(Way way) {
        Rest fabric = fabric(way);
        LocalWorkspace sales = azure.workspace("Sales");
        LocalIdentity person = azure.person("Ann");
        azure.faults().on(Call.ADD_WORKSPACE_ROLE).first().doneButAnswerLost();

        assertThatThrownBy(() -> fabric.post(
                        "/workspaces/" + sales.id() + "/roleAssignments",
                        Json.object("principal", Json.object("id", person.id(), "type", "User"), "role", "Viewer")))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(sales.roleOf(person.id())).contains("Viewer");
    }

    @ParameterizedTest
    @EnumSource
    void throttled_saysWhenToComeBack(Way way) {
        Rest fabric = fabric(way);
        azure.faults().on(LIST).next(2).throttled(Duration.ofSeconds(54));

        Rest.Reply reply = fabric.get("/workspaces");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo("54");
        assertThat(reply.header("x-ms-public-api-error-code")).isEqualTo("RequestBlocked");
        assertThat(reply.text("errorCode")).isEqualTo("RequestBlocked");
        assertThat(fabric.get("/workspaces").status()).isEqualTo(429);
        assertThat(fabric.get("/workspaces").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void refusedGarbledAndSlow_areWhatTheySay(Way way) {
        Rest fabric = fabric(way);
        azure.faults().on(LIST).first().refused(503, "ServiceUnavailable", "Try later");
        azure.faults().on(LIST).nth(2).garbled();
        azure.faults().on(LIST).nth(3).slow(Duration.ofMillis(300));

        assertThat(fabric.get("/workspaces").status()).isEqualTo(503);
        assertThat(fabric.get("/workspaces").body().isMissingNode()).isTrue();
        Instant before = Instant.now();
        assertThat(fabric.get("/workspaces").status()).isEqualTo(200);
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(299));
    }

    @ParameterizedTest
    @EnumSource
    void after_letsSomethingHappenFirst(Way way) {
        Rest fabric = fabric(way);
        azure.faults().on(LIST).first().after(() -> azure.workspace("Late"));

        assertThat(fabric.get("/workspaces").body().path("value")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void unfired_namesWhatDidNotHappen(Way way) {
        Rest fabric = fabric(way);
        azure.faults().on(LIST).nth(2).lost();
        fabric.get("/workspaces");

        assertThat(azure.faults().unfired()).containsExactly("lost on Workspaces_ListWorkspaces, call 2 to 2");
    }
}
