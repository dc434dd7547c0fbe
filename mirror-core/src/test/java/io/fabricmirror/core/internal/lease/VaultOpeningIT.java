package io.fabricmirror.core.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabricmirror.core.internal.azure.ArmVaultControl;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.NetworkClosedException;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalVault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One vault and the runs that open it: alone, two at once, killed anywhere, with an administrator in between. */
@Tag("G16")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VaultOpeningIT {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** More than a run makes calls in any of these tests. */
    private static final int CALLS = 18;

    private final LocalAzure azure = LocalAzure.builder().withoutHttp().start();
    private LocalVault vault;

    @AfterAll
    void close() {
        azure.close();
    }

    @BeforeEach
    void newVault() {
        vault = azure.vault("kv-" + NUMBER.incrementAndGet()).put("s", "x").tag("team", "data");
    }

    /** How a vault may be closed before a run. */
    record Closed(String name, Consumer<LocalVault> how) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Closed> ways() {
        return Stream.of(
                new Closed("endpoint off", LocalVault::closeNetwork),
                new Closed(
                        "endpoint off, with rules",
                        v -> v.admitOnly("198.51.100.0/24").closeNetwork()),
                new Closed("firewall", v -> v.admitOnly("198.51.100.0/24")));
    }

    static Stream<Arguments> points() {
        return ways().flatMap(way -> IntStream.rangeClosed(1, CALLS).mapToObj(n -> Arguments.of(way, n)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void close_vaultWasClosed_isAsItWas(Closed way) {
        way.how.accept(vault);
        State before = State.of(vault);
        Runner runner = Runner.of(azure, vault, "11111111");

        runner.work();

        assertThat(vault.admitted())
                .contains(LocalAzure.CALLERS_ADDRESS + "/32")
                .doesNotContain("0.0.0.0/0");
        assertThat(vault.tags()).hasSize(2).containsEntry("team", "data");
        assertThat(vault.tags().values()).allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(256));
        runner.close();
        assertThat(State.of(vault)).isEqualTo(before);
        assertThat(runner.calls()).isLessThan(CALLS);
    }

    @ParameterizedTest
    @MethodSource("points")
    void sweep_runWasKilledAnywhere_leavesTheVaultAsItWas(Closed way, int call) {
        way.how.accept(vault);
        State before = State.of(vault);
        Runner killed = new Runner(azure, vault, "11111111", Runner.killedBefore(call));
        try {
            killed.work();
            killed.close();
        } catch (Runner.Killed end) {
            assertThat(killed.calls()).isEqualTo(call);
        }

        azure.jump(Runner.LIMIT.plusMinutes(1));
        sweep();

        assertThat(State.of(vault)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("points")
    void close_anotherRunBeginsMeanwhile_doesNotShutItOut(Closed way, int call) {
        way.how.accept(vault);
        State before = State.of(vault);
        Runner other = Runner.of(azure, vault, "22222222");
        Runner runner = new Runner(azure, vault, "11111111", Runner.before(call, other::work));

        runner.work();
        runner.close();
        other.work();

        other.close();
        assertThat(State.of(vault)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("points")
    void close_anotherRunEndsMeanwhile_leavesNothingOpen(Closed way, int call) {
        way.how.accept(vault);
        State before = State.of(vault);
        Runner other = Runner.of(azure, vault, "22222222");
        other.work();
        Runner runner = new Runner(azure, vault, "11111111", Runner.before(call, other::close));

        runner.work();
        runner.opening.admit(Optional.of("203.0.113.77"));
        runner.work();
        runner.close();
        other.close();

        assertThat(State.of(vault)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("points")
    void close_anotherRunComesAndGoesMeanwhile_leavesNothingOpen(Closed way, int call) {
        way.how.accept(vault);
        State before = State.of(vault);
        Runner other = Runner.of(azure, vault, "22222222");
        Runner runner = new Runner(azure, vault, "11111111", Runner.before(call, () -> {
            other.work();
            other.close();
        }));

        runner.work();
        runner.close();

        assertThat(State.of(vault)).isEqualTo(before);
    }

    @Test
    void close_otherRunWasKilled_undoesWhatItLeftAsWell() {
        vault.closeNetwork();
        State before = State.of(vault);
        Runner killed = Runner.of(azure, vault, "11111111");
        killed.work();
        azure.jump(Runner.LIMIT.plusMinutes(1));
        Runner runner = Runner.of(azure, vault, "22222222");

        runner.work();
        runner.opening.admit(Optional.of("203.0.113.77"));
        runner.close();
        sweep();

        assertThat(State.of(vault)).isEqualTo(before);
    }

    @Test
    void sweep_openingIsNotOver_leavesIt() {
        vault.closeNetwork();
        Runner runner = Runner.of(azure, vault, "11111111");
        runner.work();

        sweep();

        runner.work();
        assertThat(vault.publicAccess()).isTrue();
    }

    @Test
    void close_administratorAddedARule_keepsIt() {
        vault.admitOnly("198.51.100.0/24");
        Runner runner = Runner.of(azure, vault, "11111111");
        runner.work();
        vault.admitOnly("198.51.100.0/24", LocalAzure.CALLERS_ADDRESS + "/32", "192.0.2.7/32");

        runner.close();

        assertThat(vault.admitted()).containsExactly("198.51.100.0/24", "192.0.2.7/32");
    }

    @Test
    void close_administratorTookOurAddressAwayAndLeftTheEndpointOn_leavesThatDecision() {
        vault.closeNetwork();
        Runner runner = Runner.of(azure, vault, "11111111");
        runner.work();
        vault.admitOnly("192.0.2.7/32");

        runner.close();

        assertThat(vault.publicAccess()).isTrue();
        assertThat(vault.admitted()).containsExactly("192.0.2.7/32");
    }

    @Test
    void close_administratorOpenedTheVaultToAll_leavesThatDecision() {
        vault.admitOnly("198.51.100.0/24");
        Runner runner = Runner.of(azure, vault, "11111111");
        runner.work();
        vault.openNetwork();

        runner.close();

        assertThat(vault.publicAccess()).isTrue();
        assertThat(vault.admitted()).containsExactly("0.0.0.0/0");
    }

    @Test
    void close_administratorShutTheVaultMeanwhile_staysShut() {
        vault.closeNetwork();
        Runner runner = Runner.of(azure, vault, "11111111");
        runner.work();
        vault.closeNetwork();

        runner.close();

        assertThat(vault.publicAccess()).isFalse();
        assertThat(vault.tags()).containsOnlyKeys("team");
    }

    @Test
    void close_addressWasAdmittedBefore_isNotTakenAway() {
        vault.admitOnly(LocalAzure.CALLERS_ADDRESS + "/32").closeNetwork();
        State before = State.of(vault);
        Runner runner = Runner.of(azure, vault, "11111111");
        runner.work();

        runner.close();

        assertThat(State.of(vault)).isEqualTo(before);
    }

    @Test
    void close_tagsWereErased_undoesItsOwnFromMemory() {
        vault.closeNetwork();
        State before = State.of(vault);
        Runner runner = Runner.of(azure, vault, "11111111");
        runner.work();
        vault.tags().keySet().stream().filter(name -> !name.equals("team")).forEach(vault::removeTag);

        runner.close();

        assertThat(State.of(vault)).isEqualTo(before);
    }

    @Test
    void work_tagsOfTwoRunsWereErasedAndOneEnded_opensAgainForTheOther() {
        vault.closeNetwork();
        State before = State.of(vault);
        Runner first = Runner.of(azure, vault, "11111111");
        Runner second = Runner.of(azure, vault, "22222222");
        first.work();
        second.work();
        second.opening.admit(Optional.of("203.0.113.77"));
        vault.tags().keySet().stream().filter(name -> !name.equals("team")).forEach(vault::removeTag);

        first.close();
        second.work();
        second.close();

        assertThat(State.of(vault)).isEqualTo(before);
    }

    @Test
    void read_vaultIsClosed_isAnAnswerOfItsOwn() {
        vault.admitOnly("198.51.100.0/24");
        Runner runner = Runner.of(azure, vault, "11111111");

        assertThatThrownBy(runner::read)
                .isInstanceOfSatisfying(
                        NetworkClosedException.class,
                        e -> assertThat(e.callersAddress()).contains(LocalAzure.CALLERS_ADDRESS))
                .hasMessageStartingWith("VAULT_CLOSED: ");
    }

    private void sweep() {
        VaultOpening.sweep(
                new ArmVaultControl(Cloud.PUBLIC, azure.credential(), azure.httpClient(), azure.pacer()),
                vault.resourceId(),
                azure.pacer().now());
    }

    private record State(boolean publicAccess, List<String> admitted, Map<String, String> tags) {
        static State of(LocalVault vault) {
            return new State(vault.publicAccess(), vault.admitted(), vault.tags());
        }
    }
}
