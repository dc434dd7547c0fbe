package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.rules.Rules;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.SqlProblems;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.ServerControl.Parameter;
import io.fabricmirror.spi.ServerControl.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sets what logical decoding needs and enables mirroring for the database. Merges: a list is joined with what is there, a number is
 * never lowered. Restarts only if a parameter says that it waits for one.
 */
public final class ParametersStep extends Step<Map<String, Parameter>> {
    private static final String ENABLED = "azure.fabric_mirror_enabled";
    private static final String DATABASES = "azure.mirror_databases";
    private static final String MOST_MIRRORS = "azure_cdc.max_fabric_mirrors";
    private static final Set<String> NEED_RESTART =
            Set.of("wal_level", "max_worker_processes", "max_replication_slots", "max_wal_senders", ENABLED);
    /** Whose pending restart is ours to bring about; Azure itself adds to the libraries when mirroring is enabled. */
    private static final Set<String> OURS = Set.of(
            "wal_level",
            "max_worker_processes",
            "max_replication_slots",
            "max_wal_senders",
            ENABLED,
            DATABASES,
            "shared_preload_libraries");

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final MirrorScene scene;

    /** Prepares the step. */
    public ParametersStep(MirrorScene scene) {
        super(StepKey.PARAMETERS);
        this.scene = scene;
    }

    @Override
    protected Map<String, Parameter> observe() {
        return scene.ports().server().parameters(scene.server().id()).stream()
                .collect(Collectors.toMap(Parameter::name, Function.identity(), (a, b) -> a));
    }

    @Override
    protected PreviewStep compare(Map<String, Parameter> seen) {
        Set<String> databases = databases(seen);
        int most = mostMirrors(seen);
        if (databases.size() >= most && !databases.contains(scene.plan().database())) {
            return PreviewStep.blocked(key(), tooManyMirrors(databases, most));
        }

        List<Change> changes = new ArrayList<>();
        wanted(seen).forEach((name, value) -> changes.add(new Change(name, shown(seen, name), value)));
        boolean restart = wanted(seen).keySet().stream().anyMatch(NEED_RESTART::contains)
                || !pending(seen).isEmpty();
        if (restart) {
            changes.add(new Change("server", "running", "restarted"));
        }
        if (changes.isEmpty()) {
            return PreviewStep.satisfied(key(), "wal_level logical, mirroring enabled for " + shown(seen, DATABASES));
        }

        return PreviewStep.change(
                key(),
                restart ? "set, then restart" : "set; no restart needed",
                changes,
                restart ? List.of(Consent.RESTART_SERVER) : List.of());
    }

    @Override
    protected void change(Map<String, Parameter> seen) {
        ServerControl control = scene.ports().server();
        Server server = scene.server();
        wanted(seen).forEach((name, value) -> {
            control.changeParameter(server.id(), name, value);
            scene.run().changed(new Change(name, shown(seen, name), value));
        });
        if (!pending(observe()).isEmpty() && scene.run().agreed(Consent.RESTART_SERVER)) {
            try {
                control.restart(server.id());
            } finally {
                // Not before: the session that keeps other runs away must live until the restart ends it.
                scene.forgetSessions();
            }
            scene.run().changed(new Change("server", "running", "restarted"));
        }
    }

    @Override
    protected void await() {
        // ARM calls a restart done before the server takes logins again.
        scene.run().waitUntilDone(LOOK_EVERY, this::notTakingLogins);
    }

    private Optional<String> notTakingLogins() {
        try {
            scene.admin();
        } catch (MirrorException e) {
            if (!SqlProblems.isPassing(e)) {
                throw e;
            } else if (scene.serverAnswered() || e.code().equals(SqlProblems.SERVER_RESTARTING)) {
                scene.forgetSessions();
                return Optional.of("the server does not take logins yet: " + e.code());
            }
        }
        return Optional.empty();
    }

    private int mostMirrors(Map<String, Parameter> seen) {
        String value = value(seen, MOST_MIRRORS);
        return value.isEmpty() ? scene.rules().minimum("parameters.max_fabric_mirrors") : Integer.parseInt(value);
    }

    private Problem tooManyMirrors(Set<String> databases, int most) {
        return Problem.of("TOO_MANY_MIRRORS", scene.server().id().name() + " mirrors " + most + " databases at most")
                .seen(DATABASES + " is " + String.join(",", databases) + "; "
                        + scene.rules().source("parameters.max_fabric_mirrors"))
                .remedy("stop mirroring one of them, or raise " + MOST_MIRRORS
                        + ", which takes a restart; this library never does it");
    }

    /** Returns what has to be set, in the order in which it is set: mirroring is enabled before databases are named. */
    private Map<String, String> wanted(Map<String, Parameter> seen) {
        Rules rules = scene.rules();
        Set<String> databases = databases(seen);
        databases.add(scene.plan().database());
        int workers = Math.max(
                rules.minimum("parameters.max_worker_processes.floor"),
                rules.minimum("parameters.max_worker_processes.default")
                        // For as many as the server takes, so that the next database needs no restart of its own.
                        + Math.max(databases.size(), mostMirrors(seen))
                                * rules.minimum("parameters.max_worker_processes.for-each-database"));

        Map<String, String> wanted = new LinkedHashMap<>();
        if (!value(seen, "wal_level").equals("logical")) {
            wanted.put("wal_level", "logical");
        }
        raise(wanted, seen, "max_worker_processes", workers);
        raise(wanted, seen, "max_replication_slots", rules.minimum("parameters.max_replication_slots"));
        raise(wanted, seen, "max_wal_senders", rules.minimum("parameters.max_wal_senders"));
        if (!value(seen, ENABLED).equals("on")) {
            wanted.put(ENABLED, "on");
        }
        if (!databases(seen).contains(scene.plan().database())) {
            wanted.put(DATABASES, String.join(",", databases));
        }
        return wanted;
    }

    private static void raise(Map<String, String> wanted, Map<String, Parameter> seen, String name, int atLeast) {
        String value = value(seen, name);
        if (value.isEmpty() || Long.parseLong(value) < atLeast) {
            wanted.put(name, String.valueOf(atLeast));
        }
    }

    private static Set<String> databases(Map<String, Parameter> seen) {
        return Arrays.stream(value(seen, DATABASES).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> pending(Map<String, Parameter> seen) {
        return seen.values().stream()
                .filter(p -> p.pendingRestart() && OURS.contains(p.name()))
                .map(Parameter::name)
                .sorted()
                .toList();
    }

    private static String shown(Map<String, Parameter> seen, String name) {
        String value = value(seen, name);
        return value.isEmpty() ? "(empty)" : value;
    }

    private static String value(Map<String, Parameter> seen, String name) {
        Parameter parameter = seen.get(name);
        return parameter == null ? "" : parameter.value();
    }
}
