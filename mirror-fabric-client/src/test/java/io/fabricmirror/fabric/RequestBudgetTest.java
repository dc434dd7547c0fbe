package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
                return Wire.response(request, 200, "{\"value\":[]}".getBytes(UTF_8));
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

    /** Twenty threads at once; the clock stands still until all of them wait, and then goes on to the first that may leave. */
    @Test
    @Tag("G47")
    @Timeout(30)
    void threads_ofOneCredential_waitInTurnAndNoneStarves() throws Exception {
        int threads = 20;
        int calls = 50;
        TokenCredential credential = credential();
        TogetherClock clock = new TogetherClock(threads);
        wire.always(request -> {
            arrivals.add(clock.now());
            return Wire.response(request, 200, "{\"value\":[]}".getBytes(UTF_8));
        });
        List<Future<Duration>> longestWaits = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int i = 0; i < threads; i++) {
                FabricClient client = FabricClient.builder(credential)
                        .httpClient(wire)
                        .clock(clock)
                        .build();
                longestWaits.add(pool.submit(() -> {
                    Duration longest = Duration.ZERO;
                    for (int call = 0; call < calls; call++) {
                        Instant before = clock.now();
                        client.workspaces().list();
                        Duration waited = Duration.between(before, clock.now());
                        longest = waited.compareTo(longest) > 0 ? waited : longest;
                    }
                    clock.leave();
                    return longest;
                }));
            }
            for (Future<Duration> longest : longestWaits) {
                assertThat(longest.get())
                        .as("with fewer threads than turns in a minute, each has its turn in the next one")
                        .isLessThanOrEqualTo(Duration.ofMinutes(1));
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(arrivals).hasSize(threads * calls);
        for (int i = 200; i < arrivals.size(); i++) {
            assertThat(Duration.between(arrivals.get(i - 200), arrivals.get(i)))
                    .as("request %d", i)
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        }
        assertThat(Duration.between(TogetherClock.START, arrivals.get(arrivals.size() - 1)))
                .as("and no slower than allowed")
                .isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    @Timeout(30)
    void interrupt_whileWaitingForATurn_stopsAtOnce() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        FabricClock real = new FabricClock() {
            @Override
            public Instant now() {
                return FabricClock.system().now();
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                waiting.countDown();
                FabricClock.system().pause(duration);
            }
        };
        FabricClient client = FabricClient.builder(credential())
                .httpClient(wire)
                .clock(real)
                .requestsPerMinute(1)
                .build();
        wire.answer(200, "{\"value\":[]}");
        client.workspaces().list();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            thrown.set(catchThrowable(() -> client.workspaces().list()));
            flag.set(Thread.currentThread().isInterrupted());
        });

        caller.start();
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        caller.join(5_000);

        assertThat(caller.isAlive()).isFalse();
        assertThat(thrown.get()).isExactlyInstanceOf(FabricException.class).hasMessageContaining("Client.Interrupted");
        assertThat(flag).isTrue();
        assertThat(wire.sent).hasSize(1);
    }

    /** Whoever had a turn when another was refused must not run into the same refusal. */
    @Test
    @Timeout(30)
    void refusalOfOne_holdsBackThoseWhoWaitAlready() throws Exception {
        TokenCredential credential = credential();
        Instant start = wire.now();
        AtomicReference<Instant> now = new AtomicReference<>(start);
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        List<Duration> pauses = new ArrayList<>();
        FabricClock clock = new FabricClock() {
            @Override
            public Instant now() {
                return now.get();
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                pauses.add(duration);
                waiting.countDown();
                refused.await();
                now.set(now.get().plus(duration));
            }
        };
        FabricClient client = FabricClient.builder(credential)
                .httpClient(wire)
                .clock(clock)
                .requestsPerMinute(2)
                .build();
        wire.answer(200, "{\"value\":[]}").answer(200, "{\"value\":[]}");
        client.workspaces().list();
        now.set(start.plusSeconds(30));

        // One request is on its way at half past, and another waits for the full minute, when the first is refused
        // until 1:30.
        Wire slow = new Wire();
        slow.reply(request -> {
            awaitQuietly(waiting);
            return Wire.response(
                    request, 429, "{\"errorCode\":\"RequestBlocked\"}".getBytes(UTF_8), "Retry-After", "60");
        });
        FabricClient unlucky = FabricClient.builder(credential)
                .httpClient(slow)
                .clock(clock)
                .limits(FabricLimits.builder().attempts(1).build())
                .build();
        CountDownLatch sent = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        slow.onSend(sent::countDown);
        Thread first = new Thread(() -> {
            thrown.set(catchThrowable(() -> unlucky.workspaces().list()));
            refused.countDown();
        });
        first.start();
        assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
        client.workspaces().list();
        first.join(10_000);

        assertThat(thrown.get()).hasMessageContaining("429 RequestBlocked");
        assertThat(pauses).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(30));
        assertThat(now.get()).isEqualTo(start.plusSeconds(90));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A machine whose clock is set back an hour must not wait that hour. */
    @Test
    void clock_setBack_isNoHourOfWaiting() {
        FabricClient client = client(credential(), 1);
        wire.answer(200, "{\"value\":[]}").answer(200, "{\"value\":[]}");
        client.workspaces().list();
        wire.setBack(Duration.ofHours(1));

        client.workspaces().list();

        assertThat(wire.pauses).containsExactly(Duration.ofMinutes(1));
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
