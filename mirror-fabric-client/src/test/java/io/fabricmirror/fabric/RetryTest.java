package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.MIRROR;
import static io.fabricmirror.fabric.Samples.WORKSPACE;
import static io.fabricmirror.fabric.Samples.connection;
import static io.fabricmirror.fabric.Samples.connectionAnswer;
import static io.fabricmirror.fabric.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpHeaderName;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class RetryTest {
    private static final String WORKSPACES = "{\"value\":[]}";
    private static final String REFUSED = json("{'errorCode':'RequestBlocked','message':'later','isRetriable':true}");
    private static final String BROKEN = json("{'errorCode':'UnknownError','message':'oops'}");

    private final Wire wire = new Wire();
    private final FabricClient fabric = wire.client();

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void read_serviceBusy_isSentAgain(int status) {
        wire.answer(status, "").answer(200, WORKSPACES);

        assertThat(fabric.workspaces().list()).isEmpty();
        assertThat(wire.sent).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 501})
    void read_refused_isNotSentAgain(int status) {
        wire.answer(status, BROKEN).answer(status, BROKEN).answer(status, BROKEN);

        assertThatThrownBy(() -> fabric.workspaces().list())
                .isExactlyInstanceOf(FabricException.class)
                .hasMessageStartingWith("list workspaces: " + status + " UnknownError: oops");
        // A token may have been too old, which one more attempt with a new one shows.
        assertThat(wire.sent).hasSize(status == 401 ? 2 : 1);
    }

    @Test
    void statusPost_answerLost_isSentAgain() {
        wire.breakDown(new SocketException("Connection reset")).answer(200, "{\"status\":\"Running\"}");

        assertThat(fabric.mirroredDatabases().status(WORKSPACE, MIRROR).state()).isEqualTo(MirroringState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void create_serviceBroken_isUnknownAndSentOnce(int status) {
        wire.answer(status, BROKEN);

        FabricOutcomeUnknownException thrown = catchThrowableOfType(
                FabricOutcomeUnknownException.class,
                () -> fabric.connections().create(connection().build()));

        assertThat(thrown.status()).isEqualTo(status);
        assertThat(thrown)
                .hasMessage("create connection orders-pg: " + status
                        + " UnknownError: oops; it may have happened all the same: look before doing it again");
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void create_answerLost_isUnknownAndSentOnce() {
        wire.breakDown(new HttpTimeoutException("request timed out"));

        assertThatThrownBy(() -> fabric.connections().create(connection().build()))
                .isInstanceOf(FabricOutcomeUnknownException.class)
                .hasMessageStartingWith(
                        "create connection orders-pg: Client.NoAnswer: no answer, HttpTimeoutException; it may have")
                .hasRootCauseInstanceOf(HttpTimeoutException.class);
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void create_answerUnreadable_isUnknown() {
        wire.answer(201, "<html>");

        assertThatThrownBy(() -> fabric.connections().create(connection().build()))
                .isInstanceOf(FabricOutcomeUnknownException.class)
                .hasMessageContaining("not JSON, line 1 column");
    }

    @Test
    void create_hostNotReached_isSentAgain() {
        wire.breakDown(new ConnectException("refused")).answer(201, connectionAnswer());

        assertThat(fabric.connections().create(connection().build()).path()).isEqualTo("orders;orders");
    }

    @Test
    void create_refusedForNow_isSentAgainAsAsked() {
        wire.answer(429, REFUSED, "Retry-After", "54").answer(201, connectionAnswer());

        fabric.connections().create(connection().build());

        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(54));
    }

    @Test
    void create_answerLostThenRefused_isUnknown() {
        wire.answer(503, json("{'errorCode':'Busy','message':'','isRetriable':true}"));
        wire.answer(409, json("{'errorCode':'DuplicateConnectionName','message':'taken'}"));

        assertThatThrownBy(() -> fabric.connections().create(connection().build()))
                .as("the connection that bears the name may be the one made by the first attempt")
                .isInstanceOf(FabricOutcomeUnknownException.class);
    }

    @Test
    void idempotent_answerLost_isSentAgain() {
        wire.breakDown(new SocketException("reset")).answer(503, "").answer(200, "");

        fabric.mirroredDatabases().updateDefinition(WORKSPACE, MIRROR, ItemDefinition.of(Samples.definition()));

        assertThat(wire.sent).hasSize(3);
    }

    @Test
    void idempotent_neverAnswered_isUnknown() {
        for (int i = 0; i < 8; i++) {
            wire.breakDown(new SocketException("reset"));
        }

        assertThatThrownBy(() -> fabric.mirroredDatabases().rename(WORKSPACE, MIRROR, "sales"))
                .isInstanceOf(FabricOutcomeUnknownException.class);
        assertThat(wire.sent).hasSize(8);
    }

    @Test
    void start_answerLost_isNotSentAgain() {
        wire.breakDown(new SocketException("reset"));

        assertThatThrownBy(() -> fabric.mirroredDatabases().start(WORKSPACE, MIRROR))
                .isInstanceOf(FabricOutcomeUnknownException.class);
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void delete_answerLostThenGone_isDone() {
        wire.breakDown(new SocketException("reset")).answer(404, json("{'errorCode':'ItemNotFound','message':''}"));

        fabric.mirroredDatabases().delete(WORKSPACE, MIRROR);

        assertThat(wire.sent).hasSize(2);
    }

    @Test
    void delete_goneBefore_isAnError() {
        wire.answer(404, json("{'errorCode':'ItemNotFound','message':'none'}"));

        assertThatThrownBy(() -> fabric.mirroredDatabases().delete(WORKSPACE, MIRROR))
                .hasMessageContaining("404 ItemNotFound: none");
    }

    @Test
    void retryAfter_date_isTheTimeUntilThen() {
        wire.answer(429, REFUSED, "Retry-After", "Thu, 29 Jan 2026 08:43:30 GMT")
                .answer(200, WORKSPACES);

        fabric.workspaces().list();

        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(23));
    }

    @Test
    void retryAfter_anHour_isCapped() {
        wire.answer(429, REFUSED, "Retry-After", "3600").answer(200, WORKSPACES);

        fabric.workspaces().list();

        assertThat(wire.pauses).containsExactly(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "soon", "99999999999999999999", "1.5"})
    void retryAfter_nonsense_countsAsNone(String value) {
        wire.answer(429, REFUSED, "Retry-After", value).answer(200, WORKSPACES);

        fabric.workspaces().list();

        assertThat(wire.pauses)
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.DURATION)
                .isBetween(Duration.ofMillis(500), Duration.ofMillis(1500));
    }

    @Test
    void retryAfter_beyondTheLimit_failsAtOnce() {
        wire.answer(429, REFUSED, "Retry-After", "20");

        assertThatThrownBy(
                        () -> fabric.within(Duration.ofSeconds(10)).workspaces().list())
                .hasMessageContaining("429 RequestBlocked: later");
        assertThat(wire.pauses).isEmpty();
    }

    @Test
    void delays_withoutRetryAfter_double() {
        for (int i = 0; i < 8; i++) {
            wire.answer(503, "");
        }

        assertThatThrownBy(() -> fabric.workspaces().list()).isExactlyInstanceOf(FabricException.class);

        assertThat(wire.pauses).hasSize(7);
        for (int i = 0; i < 7; i++) {
            long middle = 1000L << i;
            assertThat(wire.pauses.get(i).toMillis())
                    .isBetween(Math.min(60_000, middle / 2), Math.min(60_000, middle * 3 / 2));
        }
    }

    @Test
    void attempts_one_sendsOnce() {
        FabricClient once = wire.builder()
                .limits(FabricLimits.builder().attempts(1).build())
                .build();
        wire.answer(503, "");

        assertThatThrownBy(() -> once.workspaces().list()).isInstanceOf(FabricException.class);
    }

    @Test
    void token_expired_isRenewedOnce() {
        AtomicInteger number = new AtomicInteger();
        TokenCredential credential = request -> Mono.fromCallable(() -> new AccessToken(
                "token-" + number.incrementAndGet(),
                OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        FabricClient client =
                FabricClient.builder(credential).httpClient(wire).clock(wire).build();
        wire.answer(401, json("{'errorCode':'TokenExpired','message':'old'}")).answer(200, WORKSPACES);

        client.workspaces().list();

        assertThat(wire.sent)
                .extracting(sent -> sent.headers().getValue(HttpHeaderName.AUTHORIZATION))
                .containsExactly("Bearer token-1", "Bearer token-2");
    }

    @Test
    void token_none_isNotSent() {
        TokenCredential credential = request -> Mono.error(new IllegalStateException("AADSTS7000215"));
        FabricClient client =
                FabricClient.builder(credential).httpClient(wire).clock(wire).build();

        assertThatThrownBy(() -> client.connections().create(connection().build()))
                .isExactlyInstanceOf(FabricException.class)
                .hasMessage("create connection orders-pg: Client.NoToken: the credential gave no token; check the"
                        + " credential: tenant, client id, secret or identity")
                .hasRootCauseMessage("AADSTS7000215");
        assertThat(wire.sent).isEmpty();
    }

    @Test
    void token_nothing_isNotSent() {
        FabricClient client = FabricClient.builder(request -> Mono.empty())
                .httpClient(wire)
                .clock(wire)
                .build();

        assertThatThrownBy(() -> client.workspaces().list())
                .isExactlyInstanceOf(FabricException.class)
                .hasMessageContaining("Client.NoToken");
        assertThatThrownBy(client::caller)
                .isExactlyInstanceOf(FabricException.class)
                .hasMessageContaining("Client.NoToken");
        assertThat(wire.sent).isEmpty();
    }

    /** What a credential of another tenant is told. */
    @Test
    @Tag("G57")
    void token_ofAnotherTenant_isExplained() {
        String refused = json("{'errorCode':'Unauthorized','message':'The caller is not authenticated'}");
        wire.answer(401, refused).answer(401, refused);

        assertThatThrownBy(() -> fabric.workspaces().list())
                .isExactlyInstanceOf(FabricException.class)
                .hasMessage("list workspaces: 401 Unauthorized: The caller is not authenticated; check that the"
                        + " credential is of the right tenant, and that service principals may call Fabric APIs there");
    }

    @Test
    void name_heldAfterDelete_isWaitedFor() {
        String held = json("{'errorCode':'ItemDisplayNameNotAvailableYet','message':'held'}");
        for (int i = 0; i < 6; i++) {
            wire.answer(400, held);
        }
        wire.answer(201, json("{'id':'" + MIRROR + "','type':'MirroredDatabase','displayName':'orders'}"));

        MirroredDatabase created = fabric.mirroredDatabases().create(WORKSPACE, Samples.mirror());

        assertThat(created.id()).isEqualTo(MIRROR);
        assertThat(wire.pauses).hasSize(6).containsOnly(Duration.ofSeconds(30));
    }

    @Test
    void name_heldTooLong_isAnErrorWithARemedy() {
        FabricClient client = wire.builder()
                .limits(FabricLimits.builder().heldName(Duration.ZERO).build())
                .build();
        wire.answer(400, json("{'errorCode':'ItemDisplayNameNotAvailableYet','message':'held'}"));

        assertThatThrownBy(() -> client.mirroredDatabases().create(WORKSPACE, Samples.mirror()))
                .hasMessage("create mirrored database orders: 400 ItemDisplayNameNotAvailableYet: held; wait some"
                        + " minutes, or take another display name");
    }

    @Test
    void interrupt_whileWaiting_stopsAtOnceAndStays() {
        wire.answer(429, REFUSED, "Retry-After", "5");
        wire.interruptNextPause();

        try {
            assertThatThrownBy(() -> fabric.connections().create(connection().build()))
                    .isExactlyInstanceOf(FabricException.class)
                    .hasMessageContaining("Client.Interrupted");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void interrupt_whileSending_isUnknownForAChange() {
        wire.reply(request -> {
            throw new RuntimeException(new InterruptedException());
        });

        try {
            assertThatThrownBy(() -> fabric.connections().create(connection().build()))
                    .isInstanceOf(FabricOutcomeUnknownException.class)
                    .hasMessageContaining("Client.Interrupted");
            assertThat(Thread.currentThread().isInterrupted())
                    .as("the HTTP client cleared the flag")
                    .isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void interrupt_before_sendsNothing() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> fabric.workspaces().list()).hasMessageContaining("Client.Interrupted");
        } finally {
            Thread.interrupted();
        }
        assertThat(wire.sent).isEmpty();
    }

    @Test
    void answer_tooLong_isNotRead() {
        wire.reply(request -> Wire.endless(request, 200));
        FabricClient once = wire.builder()
                .limits(FabricLimits.builder().attempts(1).build())
                .build();

        assertThatThrownBy(() -> once.workspaces().list())
                .isInstanceOf(FabricException.class)
                .hasRootCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("the answer is longer than 67108864 bytes");
    }
}
