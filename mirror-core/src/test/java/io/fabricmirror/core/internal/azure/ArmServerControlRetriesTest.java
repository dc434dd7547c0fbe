package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.azure.core.exception.ClientAuthenticationException;
import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.ServerId;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.ServerControl.FirewallRule;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

class ArmServerControlRetriesTest {
    private static final ServerId ID = ServerId.of("sub-1", "rg-main", "pg-orders");
    private static final String OPERATION = "https://management.azure.com/subscriptions/sub-1/azureAsyncOperation/op-1";
    private static final String BUSY =
            "{\"error\":{\"code\":\"ServerIsBusy\",\"message\":\"Server pg-orders is busy processing another operation.\"}}";

    private final ScriptedHttp http = new ScriptedHttp();
    private final SkippedTime time = new SkippedTime();
    private final ServerControl control = new ArmServerControl(Cloud.PUBLIC, ScriptedHttp.CREDENTIAL, http, null, time);

    @AfterEach
    void interruptsDoNotLeak() {
        assertThat(Thread.interrupted()).isFalse();
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
        ServerControl interrupting =
                new ArmServerControl(Cloud.PUBLIC, ScriptedHttp.CREDENTIAL, http, null, new SkippedTime() {
                    @Override
                    public void pause(Duration duration) throws InterruptedException {
                        throw new InterruptedException();
                    }
                });

        assertThatThrownBy(() -> interrupting.restart(ID)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void restart_noToken_isKnownNotToHaveHappened() {
        ServerControl control = new ArmServerControl(
                Cloud.PUBLIC,
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
                Cloud.PUBLIC, request -> Mono.error(new UnsupportedOperationException("no idea")), http, null, time);

        assertThatThrownBy(() -> control.server(ID))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("UNEXPECTED_ERROR: cannot read server pg-orders")
                .hasRootCauseMessage("no idea");
        assertThatThrownBy(() -> control.restart(ID)).isInstanceOf(OutcomeUnknownException.class);
    }

    @FunctionalInterface
    interface Call {
        void on(ServerControl control);
    }
}
