package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.OPEN_FIREWALL;
import static io.fabricmirror.Consent.OPEN_VAULT;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorEvent;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorListener;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Outcome;
import io.fabricmirror.Preview;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.RunOptions;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableSelection;
import io.fabricmirror.Verdict;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalVault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A host that neither the vault nor the server's firewall lets in: opened for the run if agreed and allowed, and never longer. */
@Tag("G16")
class OpeningsIT {
    private static final Consent[] ALL = {RESTART_SERVER, CHANGE_TABLE_OWNERS, OPEN_FIREWALL, OPEN_VAULT};

    private final World world = new World();
    private final LocalVault vault = world.azure.vault("kv-main");

    @BeforeEach
    void closeDoors() {
        vault.closeNetwork();
        world.server.admitAzureServices().enforceFirewall();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Tag("G64")
    void apply_ownerDidNotAllowIt_changesNothingWhateverTheRunAgreesTo() {
        Report report = world.mirror.apply(plan(), ALL);

        Problem problem = report.step(StepKey.OPENINGS).problem().orElseThrow();
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(report.changes()).isEmpty();
        assertThat(problem.what()).contains("kv-main", "the firewall of pg-orders");
        assertThat(problem.remedy().orElseThrow())
                .contains("run on a host", "allow(OPEN_VAULT)", "allow(OPEN_FIREWALL)");
        assertThat(world.azure.calls(Call.PUT_FIREWALL_RULE)).isEmpty();
        assertThatDoorsAreShut();
    }

    @Test
    void apply_runDidNotAgree_changesNothingAndNamesTheConsents() {
        Report report = allowing(event -> {}).apply(plan(), RESTART_SERVER, CHANGE_TABLE_OWNERS);

        assertThat(report.changes()).isEmpty();
        assertThat(report.actions())
                .extracting(p -> p.remedy().orElseThrow())
                .containsExactly("give OPEN_VAULT, OPEN_FIREWALL to the run: apply(plan, OPEN_VAULT, OPEN_FIREWALL)");
        assertThatDoorsAreShut();
    }

    @Test
    void preview_doorsAreShut_namesWhatWouldBeOpenedAndOpensNothing() {
        Preview preview = allowing(event -> {}).preview(plan());

        assertThat(preview.step(StepKey.OPENINGS).word()).as(preview.text()).isEqualTo(PreviewWord.NEEDS_CONSENT);
        assertThat(preview.missingConsents()).contains(OPEN_VAULT, OPEN_FIREWALL);
        assertThat(preview.step(StepKey.ROLE).detail()).isEqualTo("judged after step openings");
        assertThat(preview.obstacles()).isEmpty();
        assertThatDoorsAreShut();
    }

    @Test
    void apply_allowedAndAgreed_opensForTheRunAndClosesAfterIt() {
        AtomicReference<Map<String, String>> during = new AtomicReference<>(Map.of());
        MirrorExecutor mirror = allowing(event -> {
            if (event.step().equals(StepKey.ROLE)) {
                during.set(world.server.firewallRules());
            }
        });

        Report report = mirror.apply(plan(), ALL);

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(during.get().values()).contains(LocalAzure.CALLERS_ADDRESS + "-" + LocalAzure.CALLERS_ADDRESS);
        assertThat(report.step(StepKey.OPENINGS).changes())
                .extracting(c -> c.what().replaceAll(" fabric-mirror-.*", ""))
                .containsExactly(
                        "network of vault kv-main", "firewall rule", "network of vault kv-main", "firewall rule");
        assertThatDoorsAreShut();
        Report again = mirror.apply(plan(), ALL);
        assertThat(again.changes())
                .extracting(Object::toString)
                .allMatch(c -> c.matches(".*(network of vault|fabric-mirror-).*"));
        assertThatDoorsAreShut();
    }

    @Test
    void apply_stepFails_closes() {
        world.azure.faults().on(Call.CREATE_CONNECTION).everyTime().refused(400, "InvalidInput", "no");

        Report report = allowing(event -> {}).apply(plan(), ALL);

        assertThat(report.verdict()).as(report.text()).isNotEqualTo(Verdict.DONE);
        assertThat(report.step(StepKey.ROLE).outcome()).isEqualTo(Outcome.CHANGED);
        assertThatDoorsAreShut();
    }

    @Test
    void apply_whatTheOpeningRevealsIsADeadEnd_changesNothingElse() {
        Report report = allowing(event -> {})
                .apply(
                        world.plan()
                                .tables(TableSelection.named("public.missing"))
                                .build(),
                        ALL);

        assertThat(report.step(StepKey.TABLES).outcome()).as(report.text()).isEqualTo(Outcome.NEEDS_ACTION);
        assertThat(report.step(StepKey.PARAMETERS).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(report.changes())
                .isEqualTo(report.step(StepKey.OPENINGS).changes())
                .hasSize(4);
        assertThat(world.azure.calls(Call.RESTART_SERVER)).isEmpty();
        assertThatDoorsAreShut();
    }

    @Test
    @Tag("G63")
    void apply_interrupted_closesReportsAndLeavesTheFlagSet() {
        MirrorExecutor mirror = allowing(event -> {
            if (event.kind().equals(MirrorEvent.Kind.STEP_STARTED)
                    && event.step().equals(StepKey.ROLE)) {
                Thread.currentThread().interrupt();
            }
        });

        Report report = mirror.apply(plan(), ALL);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.IN_PROGRESS);
        assertThatDoorsAreShut();
    }

    @Test
    @Tag("G63")
    void apply_executorIsClosedMeanwhile_closesDoorsAndReports() {
        AtomicReference<MirrorExecutor> executor = new AtomicReference<>();
        executor.set(allowing(event -> {
            if (event.kind().equals(MirrorEvent.Kind.STEP_STARTED)
                    && event.step().equals(StepKey.ROLE)) {
                executor.get().close();
            }
        }));

        Report report = executor.get().apply(plan(), ALL);

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.IN_PROGRESS);
        assertThat(report.step(StepKey.CONNECTION).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThatDoorsAreShut();
    }

    @Test
    void apply_closingIsRefused_isSaidWithWhatIsLeft() {
        MirrorExecutor mirror = allowing(event -> {
            if (event.kind().equals(MirrorEvent.Kind.STEP_ENDED) && event.step().equals(StepKey.VERIFIED)) {
                world.azure
                        .faults()
                        .on(new Call("FirewallRules_Delete"))
                        .everyTime()
                        .refused(409, "ScopeLocked", "The scope is locked: rg-lock");
            }
        });

        Report report = mirror.apply(plan(), ALL);

        Problem problem = report.step(StepKey.OPENINGS).problem().orElseThrow();
        assertThat(report.verdict()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(problem.code()).isEqualTo("OPENING_NOT_CLOSED");
        assertThat(problem.text()).contains("the firewall of pg-orders", "ScopeLocked", "fabric-mirror");
        assertThat(vault.publicAccess()).isFalse();
    }

    @Test
    void apply_administratorWidenedOurRule_leavesItToThem() {
        MirrorExecutor mirror = allowing(event -> {
            if (event.kind().equals(MirrorEvent.Kind.STEP_STARTED)
                    && event.step().equals(StepKey.VERIFIED)) {
                world.server.firewallRule(ourRules().get(0), "203.0.113.0", "203.0.113.255");
            }
        });

        mirror.apply(plan(), ALL);

        assertThat(world.server.firewallRules()).containsValue("203.0.113.0-203.0.113.255");
    }

    @Test
    void apply_somebodyShutTheDoorsMeanwhile_opensThemOnceMore() {
        AtomicInteger times = new AtomicInteger();
        MirrorExecutor mirror = allowing(event -> {
            if (event.kind().equals(MirrorEvent.Kind.STEP_STARTED)
                    && event.step().equals(StepKey.CREDENTIAL)
                    && times.getAndIncrement() == 0) {
                vault.closeNetwork();
                ourRules().forEach(world.server::removeFirewallRule);
            }
        });

        Report report = mirror.apply(plan(), ALL);

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThatDoorsAreShut();
    }

    @Test
    void apply_anEarlierRunWasKilled_endsWhatItLeftOnceItIsOver() {
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        MirrorListener killer = event -> {
            if (event.kind().equals(MirrorEvent.Kind.STEP_STARTED)
                    && event.step().equals(StepKey.WORKSPACE_ROLE)) {
                left.set(0);
            }
        };
        try (MirrorExecutor killed = world.builder()
                .httpClient(dyingAfter(left))
                .allow(OPEN_VAULT, OPEN_FIREWALL)
                .listener(killer)
                .build()) {
            assertThatThrownBy(() -> killed.apply(plan(), ALL)).isInstanceOf(Killed.class);
        }
        assertThat(vault.publicAccess()).isTrue();
        assertThat(ourRules()).hasSize(1);

        Report early = allowing(event -> {}).apply(plan(), RunOptions.defaults().consent(ALL));
        assertThat(early.verdict()).as(early.text()).isEqualTo(Verdict.DONE);
        assertThat(ourRules()).as("not over yet").hasSize(1);
        world.azure.jump(Duration.ofHours(2));
        Report late = allowing(event -> {}).apply(plan(), ALL);

        assertThat(late.step(StepKey.OPENINGS).outcome()).as(late.text()).isEqualTo(Outcome.CHANGED);
        assertThatDoorsAreShut();
    }

    @Test
    void apply_twoRunnersAtOnce_bothGetThroughAndLeaveTheDoorsShut() {
        CompletableFuture<Report> first =
                CompletableFuture.supplyAsync(() -> allowing(event -> {}).apply(plan(), ALL));
        CompletableFuture<Report> second =
                CompletableFuture.supplyAsync(() -> allowing(event -> {}).apply(plan(), ALL));

        assertThat(first.join().verdict()).as(first.join().text()).isIn(Verdict.DONE, Verdict.NOTHING_TO_CHANGE);
        assertThat(second.join().verdict()).as(second.join().text()).isIn(Verdict.DONE, Verdict.NOTHING_TO_CHANGE);
        assertThatDoorsAreShut();
        assertThat(world.azure.calls(Call.CREATE_MIRRORED_DATABASE)).hasSize(1);
    }

    private MirrorPlan plan() {
        return world.plan().build();
    }

    private MirrorExecutor allowing(MirrorListener listener) {
        return world.builder()
                .allow(OPEN_VAULT, OPEN_FIREWALL)
                .listener(listener)
                .build();
    }

    private List<String> ourRules() {
        return world.server.firewallRules().keySet().stream()
                .filter(name -> name.startsWith("fabric-mirror-"))
                .toList();
    }

    /** What the mirror itself needs stays: Fabric comes in by the rule for Azure services. */
    private void assertThatDoorsAreShut() {
        assertThat(vault.publicAccess()).isFalse();
        assertThat(vault.admitted()).containsExactly("0.0.0.0/0");
        assertThat(vault.tags()).isEmpty();
        assertThat(world.server.firewallRules().values()).containsExactly("0.0.0.0-0.0.0.0");
    }

    /** The process ends: nothing of it runs any more, no finally block either. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private HttpClient dyingAfter(AtomicInteger left) {
        HttpClient http = world.azure.httpClient();
        return new HttpClient() {
            @Override
            public Mono<HttpResponse> send(HttpRequest request) {
                return Mono.fromCallable(() -> sendSync(request, Context.NONE));
            }

            @Override
            public HttpResponse sendSync(HttpRequest request, Context context) {
                if (left.getAndDecrement() <= 0) {
                    throw new Killed();
                }
                return http.sendSync(request, context);
            }
        };
    }
}
