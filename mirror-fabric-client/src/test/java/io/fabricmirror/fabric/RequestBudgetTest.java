package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class RequestBudgetTest {
    private final List<Instant> arrivals = new ArrayList<>();
    private final Wire wire = new Wire();

    @Test
    @Tag("G47")
    void clients_ofOneCredential_shareTheBudgetAndWait() {
        TokenCredential credential = credential();
        List<FabricClient> fleet = List.of(client(credential, 200), client(credential, 200), client(credential, 200));

        for (int i = 0; i < 1_000; i++) {
            wire.reply(request -> {
                arrivals.add(wire.now());
                return Wire.response(request, 200, "{\"value\":[]}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            });
            fleet.get(i % fleet.size()).workspaces().list();
        }

        for (int i = 200; i < arrivals.size(); i++) {
            assertThat(Duration.between(arrivals.get(i - 200), arrivals.get(i)))
                    .as("request %d", i)
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        }
        assertThat(Duration.between(arrivals.get(0), arrivals.get(999)))
                .as("and no slower than allowed")
                .isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void credentials_haveBudgetsOfTheirOwn() {
        for (int i = 0; i < 10; i++) {
            wire.answer(200, "{\"value\":[]}");
            client(credential(), 5).workspaces().list();
        }

        assertThat(wire.pauses).isEmpty();
    }

    @Test
    void lowestNumber_holdsForAll() {
        TokenCredential credential = credential();
        FabricClient eager = client(credential, 200);
        FabricClient modest = client(credential, 2);
        for (int i = 0; i < 3; i++) {
            wire.answer(200, "{\"value\":[]}");
        }

        eager.workspaces().list();
        modest.workspaces().list();
        eager.workspaces().list();

        assertThat(wire.pauses).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void refusalOfOne_holdsBackAll() {
        TokenCredential credential = credential();
        FabricClient refused = client(credential, 200).within(Duration.ofSeconds(1));
        FabricClient other = client(credential, 200);
        wire.answer(429, json("{'errorCode':'RequestBlocked','message':''}"), "Retry-After", "30");
        wire.answer(200, "{\"value\":[]}");

        assertThatThrownBy(() -> refused.workspaces().list()).isInstanceOf(FabricException.class);
        other.workspaces().list();

        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void turn_afterTheLimitOfTheCall_isAnErrorAndSendsNothing() {
        FabricClient client = client(credential(), 1);
        wire.answer(200, "{\"value\":[]}");
        client.workspaces().list();

        assertThatThrownBy(
                        () -> client.within(Duration.ofSeconds(30)).workspaces().list())
                .isExactlyInstanceOf(FabricException.class)
                .hasMessage(
                        "list workspaces: Client.NotSent: the 1 requests a minute are used up beyond the limit of this"
                                + " call; give the call more time, or send fewer requests with this credential");
        assertThat(wire.sent).hasSize(1);
    }

    private FabricClient client(TokenCredential credential, int perMinute) {
        return FabricClient.builder(credential)
                .httpClient(wire)
                .clock(wire)
                .requestsPerMinute(perMinute)
                .build();
    }

    private static TokenCredential credential() {
        // Not a lambda without captures: the JVM would give all callers the same object.
        return new TokenCredential() {
            @Override
            public Mono<AccessToken> getToken(com.azure.core.credential.TokenRequestContext request) {
                return Mono.just(
                        new AccessToken("t", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
            }
        };
    }
}
