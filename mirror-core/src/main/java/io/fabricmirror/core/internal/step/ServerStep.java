package io.fabricmirror.core.internal.step;

import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.rules.ServerRules;
import io.fabricmirror.core.internal.run.NotKnownYet;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.Workspace;
import io.fabricmirror.spi.ServerControl.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads server, database, workspace and capacity, and judges them by the dated rules before anything is changed. */
public final class ServerStep extends Step<ServerStep.Seen> {
    private static final List<String> SYSTEM_DATABASES =
            List.of("azure_maintenance", "azure_sys", "template0", "template1");

    private static final Set<String> PASSING_STATES = Set.of("Provisioning", "Restarting", "Starting", "Updating");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration UPDATED_WITHIN = Duration.ofMinutes(10);

    private final MirrorScene scene;

    /** Prepares the step. */
    public ServerStep(MirrorScene scene) {
        super(StepKey.SERVER);
        this.scene = scene;
    }

    @Override
    protected Seen observe() {
        Server server = scene.ports().server().server(scene.plan().server());
        scene.server(server);
        if (scene.run().applying()) {
            server = ready(server);
            takeTurn();
        }
        List<String> databases = scene.ports().server().databases(server.id());
        scene.databases(databases);
        OptionalInt storage = scene.ports().server().storageUsed(server.id());
        if (scene.run().preparesOnly()) {
            return new Seen(server, databases, storage, Optional.empty());
        }

        Workspace workspace = scene.ports().fabric().workspace(scene.plan().workspace());
        scene.workspace(workspace);
        return new Seen(server, databases, storage, Optional.of(workspace));
    }

    /** Waits for what passes by itself: the end of a change that is under way. */
    private Server ready(Server first) {
        Instant giveUp = scene.run().now().plus(UPDATED_WITHIN);
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            String state = scene.server().state();
            if (!PASSING_STATES.contains(state) || scene.run().now().isAfter(giveUp)) {
                return Optional.empty();
            }

            scene.server(scene.ports().server().server(first.id()));
            return Optional.of(first.id().name() + " is " + state);
        });
        return scene.server();
    }

    private void takeTurn() {
        if (!scene.adminMaySignIn()) {
            return;
        }

        try {
            scene.takeTurn();
        } catch (NotKnownYet e) {
            // Behind a door that is still to be opened.
        } catch (MirrorException e) {
            if (e.code().equals(MirrorScene.ANOTHER_RUN)) {
                throw e;
            }

            // Without a login nothing is changed in the database, and the step that needs the login says why it is
            // refused.
        }
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        Server server = seen.server();
        String name = server.id().name();
        ServerRules rules = new ServerRules(scene.rules());
        List<ServerRules.Broken> broken = rules.judge(server, seen.storageUsed()).stream()
                .filter(b -> !scene.rules().isWarning(b.rule()))
                .filter(b -> !scene.plan().ignoredRules().containsKey(b.rule()))
                .toList();
        if (!server.state().equals("Ready")) {
            return blocked(Problem.of("SERVER_NOT_READY", name + " is " + server.state())
                    .remedy("start it, or wait until it is Ready, then run again"));
        } else if (!broken.isEmpty()) {
            return blocked(rules.problem(server, broken));
        } else if (scene.adminName().isEmpty()) {
            return blocked(
                    Problem.of("NO_ADMIN_PASSWORD_LOGIN", name + " has no administrator with a password")
                            .remedy(
                                    "the plan logs in with a password, and Azure sets such an administrator only when a server is created"));
        }
        return judgeDatabaseAndWorkspace(seen);
    }

    private PreviewStep judgeDatabaseAndWorkspace(Seen seen) {
        String database = scene.plan().database();
        if (!seen.databases().contains(database)) {
            List<String> others = seen.databases().stream()
                    .filter(d -> !SYSTEM_DATABASES.contains(d))
                    .toList();
            return blocked(Problem.of(
                            "DATABASE_NOT_FOUND", seen.server().id().name() + " has no database \"" + database + "\"")
                    .seen(String.join(", ", others))
                    .cause("names are case-sensitive")
                    .remedy("name one of those: .database(\"" + (others.isEmpty() ? "..." : others.get(0)) + "\")"));
        }

        Optional<Workspace> sleeping = seen.workspace()
                .filter(w -> !w.capacityState().isEmpty() && !w.capacityState().equals("Active"));
        if (sleeping.isPresent()) {
            Workspace workspace = sleeping.get();
            return blocked(Problem.of(
                            "CAPACITY_NOT_ACTIVE",
                            "capacity " + workspace.capacityName() + " of workspace " + workspace.name() + " is "
                                    + workspace.capacityState())
                    .who("whoever runs the capacity")
                    .remedy("resume it in the Azure portal, or with: az fabric capacity resume"));
        }

        Server server = seen.server();
        return PreviewStep.satisfied(
                key(),
                "PostgreSQL " + server.version() + ", " + server.tier()
                        + seen.workspace().map(ServerStep::named).orElse("") + remarks(seen));
    }

    private static String named(Workspace workspace) {
        return "; workspace " + workspace.name()
                // Fabric lists a capacity only to its admins and contributors.
                + (workspace.capacityState().isEmpty()
                        ? ", its capacity is not visible to the caller"
                        : " on capacity " + workspace.capacityName() + " (Active)");
    }

    private String remarks(Seen seen) {
        ServerRules rules = new ServerRules(scene.rules());
        StringBuilder remarks = new StringBuilder();
        for (ServerRules.Broken broken : rules.judge(seen.server(), seen.storageUsed())) {
            String ignored = scene.plan().ignoredRules().get(broken.rule());
            remarks.append("; ")
                    .append(
                            ignored == null
                                    ? rules.warning(broken)
                                    : "ignored " + broken.rule() + ", " + broken.what() + ": " + ignored);
        }
        return remarks.toString();
    }

    private PreviewStep blocked(Problem problem) {
        return PreviewStep.blocked(key(), problem);
    }

    /**
     * What the step sees.
     *
     * @param server the server
     * @param databases its databases
     * @param storageUsed how full its storage is, in percent, if that may be seen
     * @param workspace the workspace, unless only the server is prepared
     */
    public record Seen(Server server, List<String> databases, OptionalInt storageUsed, Optional<Workspace> workspace) {}
}
