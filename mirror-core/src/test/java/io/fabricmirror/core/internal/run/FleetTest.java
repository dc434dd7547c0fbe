package io.fabricmirror.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabricmirror.FleetOptions;
import io.fabricmirror.FleetReport;
import io.fabricmirror.Milestone;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Outcome;
import io.fabricmirror.Plan;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.StepKey;
import io.fabricmirror.StepResult;
import io.fabricmirror.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FleetTest {
    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

    @Test
    @Tag("G47")
    void run_severalPlansOfOneServer_runOneAfterAnotherAndOthersBeside() throws InterruptedException {
        CountDownLatch twoServers = new CountDownLatch(2);
        Set<String> serversAtWork = Collections.synchronizedSet(new HashSet<>());
        List<String> clashes = Collections.synchronizedList(new ArrayList<>());

        FleetReport report = fleet(6, FleetOptions.concurrency(4), plan -> {
            if (!serversAtWork.add(server(plan))) {
                clashes.add(plan.name());
            }
            twoServers.countDown();
            await(twoServers);
            serversAtWork.remove(server(plan));
            return ended(plan, Outcome.SATISFIED);
        });

        assertThat(clashes).isEmpty();
        assertThat(twoServers.getCount()).isZero();
        assertThat(report.verdict()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        assertThat(report.reports()).extracting(Report::planName).containsExactly("0", "1", "2", "3", "4", "5");
    }

    @Test
    void run_onePlanFails_stopsNoOther() {
        FleetReport report = fleet(
                4,
                FleetOptions.concurrency(2),
                plan -> ended(plan, plan.name().equals("1") ? Outcome.FAILED : Outcome.CHANGED));

        assertThat(report.reports()).hasSize(4);
        assertThat(report.report("1").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    @Tag("G47")
    void run_canaryFails_startsNoOther() {
        FleetReport report = fleet(5, FleetOptions.concurrency(4).canary(2), plan -> ended(plan, Outcome.UNKNOWN));

        assertThat(begun).containsExactlyInAnyOrder("0", "1");
        assertThat(report.notStarted()).containsExactly("2", "3", "4");
        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    @Tag("G47")
    void run_failuresReachTheLimit_startsNoFurtherPlan() {
        FleetReport report =
                fleet(5, FleetOptions.concurrency(1).haltAfterFailures(2), plan -> ended(plan, Outcome.FAILED));

        assertThat(begun).containsExactly("0", "1");
        assertThat(report.text()).contains("4", "not started");
    }

    @Test
    @Tag("G63")
    void run_interrupted_interruptsRunsAndReturnsTheirReports() {
        Thread caller = Thread.currentThread();

        FleetReport report = fleet(3, FleetOptions.concurrency(1), plan -> {
            caller.interrupt();
            await(new CountDownLatch(1));
            return ended(plan, Outcome.IN_PROGRESS);
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.reports()).extracting(Report::planName).containsExactly("0");
        assertThat(report.notStarted()).containsExactly("1", "2");
    }

    @Test
    void run_twoPlansOfOneName_isRefusedBeforeAnythingBegins() {
        Plan plan = new NamedPlan("orders");

        assertThatThrownBy(() -> new Fleet(
                        List.of(plan, new NamedPlan("orders")),
                        FleetTest::server,
                        FleetOptions.concurrency(2),
                        p -> ended(p, Outcome.CHANGED),
                        () -> false,
                        SystemPacer.INSTANCE))
                .isInstanceOf(MirrorException.class)
                .hasMessageContaining("\"orders\"");
    }

    private FleetReport fleet(int plans, FleetOptions options, Function<Plan, Report> apply) {
        List<Plan> all = IntStream.range(0, plans)
                .mapToObj(i -> (Plan) new NamedPlan(String.valueOf(i)))
                .toList();
        return new Fleet(
                        all,
                        FleetTest::server,
                        options,
                        plan -> {
                            begun.add(plan.name());
                            return apply.apply(plan);
                        },
                        () -> false,
                        SystemPacer.INSTANCE)
                .run();
    }

    /** Two servers: the even plans and the odd ones. */
    private static String server(Plan plan) {
        return Integer.parseInt(plan.name().replace("orders", "0")) % 2 == 0 ? "pg-even" : "pg-odd";
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Report ended(Plan plan, Outcome outcome) {
        StepResult result = outcome.equals(Outcome.FAILED)
                ? StepResult.of(StepKey.SERVER, outcome, Problem.of("BROKEN", "it broke"), List.of())
                : StepResult.of(StepKey.SERVER, outcome, "", List.of());
        return Report.of(plan.name(), Milestone.REPLICATING, List.of(result), List.of(), Duration.ZERO);
    }

    private record NamedPlan(String name) implements Plan {}
}
