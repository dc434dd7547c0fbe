package io.fabricmirror.core.internal.run;

import io.fabricmirror.FleetOptions;
import io.fabricmirror.FleetReport;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Plan;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.Verdict;
import io.fabricmirror.spi.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Applies many plans, several at a time, those that change one server one after another. Used once, by one thread. */
final class Fleet {
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Map<Plan, String> changes = new LinkedHashMap<>();
    private final FleetOptions options;
    private final Function<Plan, Report> apply;
    private final BooleanSupplier closing;
    private final Pacer pacer;
    private final Map<Plan, Report> reports = new HashMap<>();
    private final Set<Plan> started = new HashSet<>();
    private final Set<String> underWay = new HashSet<>();
    private boolean interrupted;

    Fleet(
            List<? extends Plan> plans,
            Function<Plan, String> changes,
            FleetOptions options,
            Function<Plan, Report> apply,
            BooleanSupplier closing,
            Pacer pacer) {
        Set<String> names = new HashSet<>();
        List<String> twice = plans.stream()
                .map(Plan::name)
                .filter(name -> !names.add(name))
                .distinct()
                .toList();
        if (!twice.isEmpty()) {
            throw new MirrorException(Problem.of(
                            "PLANS_OF_ONE_NAME",
                            "several plans of the fleet are named "
                                    + twice.stream()
                                            .map(name -> '"' + name + '"')
                                            .collect(Collectors.joining(", ")))
                    .cause("reports and mirrored databases go by the plan's name")
                    .remedy("give each plan its own name; run plans for different workspaces as fleets of their own"));
        }

        plans.forEach(plan -> this.changes.put(plan, changes.apply(plan)));
        this.options = options;
        this.apply = apply;
        this.closing = closing;
        this.pacer = pacer;
    }

    FleetReport run() {
        Instant begin = pacer.now();
        List<Plan> plans = List.copyOf(changes.keySet());
        int canary = Math.min(options.canary(), plans.size());
        runToTheEnd(plans.subList(0, canary));
        if (failures() == 0) {
            runToTheEnd(plans.subList(canary, plans.size()));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return FleetReport.of(
                plans.stream().filter(reports::containsKey).map(reports::get).toList(),
                plans.stream()
                        .filter(plan -> !reports.containsKey(plan))
                        .map(Plan::name)
                        .toList(),
                Duration.between(begin, pacer.now()));
    }

    private void runToTheEnd(List<Plan> plans) {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(options.concurrency(), plans.size()); i++) {
            Thread worker = new Thread(() -> work(plans), "fabric-mirror-" + THREADS.incrementAndGet());
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        workers.forEach(worker -> join(worker, workers));
    }

    /** An interrupt goes to the runs, which end with a report; they are waited for, so that nothing goes on behind the caller's back. */
    private void join(Thread worker, List<Thread> workers) {
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                stop();
                workers.forEach(Thread::interrupt);
            }
        }
    }

    private synchronized void stop() {
        interrupted = true;
        notifyAll();
    }

    private void work(List<Plan> plans) {
        try {
            for (Optional<Plan> next = next(plans); next.isPresent(); next = next(plans)) {
                run(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (MirrorException e) {
            // The executor was closed between two plans.
            stop();
        }
    }

    private void run(Plan plan) {
        try {
            Report report = apply.apply(plan);
            synchronized (this) {
                reports.put(plan, report);
            }
        } finally {
            ended(plan);
        }
    }

    /** Waits until a plan may begin; empty if none will. */
    private synchronized Optional<Plan> next(List<Plan> plans) throws InterruptedException {
        while (true) {
            List<Plan> waiting =
                    plans.stream().filter(plan -> !started.contains(plan)).toList();
            if (waiting.isEmpty()
                    || interrupted
                    || closing.getAsBoolean()
                    || failures() >= options.haltAfterFailures()) {
                return Optional.empty();
            }

            Optional<Plan> free = waiting.stream()
                    .filter(plan -> !underWay.contains(changes.get(plan)))
                    .findFirst();
            if (free.isPresent()) {
                started.add(free.get());
                underWay.add(changes.get(free.get()));
                return free;
            }

            wait();
        }
    }

    private synchronized void ended(Plan plan) {
        underWay.remove(changes.get(plan));
        notifyAll();
    }

    private synchronized long failures() {
        return reports.values().stream()
                .map(Report::verdict)
                .filter(verdict -> verdict.equals(Verdict.FAILED) || verdict.equals(Verdict.UNCERTAIN))
                .count();
    }
}
