package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.MirrorState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Starts mirroring once the mirrored database is initialized. */
public final class StartStep extends Step<MirrorState> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
    private static final Set<String> UNDER_WAY =
            Set.of(MirrorState.INITIALIZING, MirrorState.STARTING, MirrorState.STOPPING);

    private static final Set<String> NEED_RESEED = Set.of(MirrorState.STOPPED, MirrorState.PAUSED);
    private static final Duration SHOWS_WITHIN = Duration.ofMinutes(5);

    private final MirrorScene scene;
    private boolean startSent;

    /** Prepares the step. */
    public StartStep(MirrorScene scene) {
        super(StepKey.START);
        this.scene = scene;
    }

    @Override
    protected MirrorState observe() {
        return scene.ports().fabric().state(scene.mirror());
    }

    @Override
    protected PreviewStep compare(MirrorState seen) {
        return switch (seen.status()) {
            case MirrorState.RUNNING -> PreviewStep.satisfied(key(), "Running");
            case MirrorState.STARTING -> PreviewStep.later(key(), "Starting");
            case MirrorState.INITIALIZING, MirrorState.INITIALIZED ->
                PreviewStep.change(key(), "initial snapshot of every table", List.of(started(seen)), List.of());
            case MirrorState.STOPPED, MirrorState.STOPPING, MirrorState.PAUSED ->
                startSent
                        ? PreviewStep.blocked(key(), stoppedAgain(seen))
                        : PreviewStep.change(
                                key(), "copies every table anew", List.of(started(seen)), List.of(Consent.RESEED));
            default ->
                PreviewStep.blocked(
                        key(),
                        Problem.of(
                                        "MIRROR_STATE_UNKNOWN",
                                        "the mirror is " + seen.status() + ", which this version does not know")
                                .seen(seen.error())
                                .remedy("look at it in Fabric; then run again"));
        };
    }

    @Override
    protected void change(MirrorState seen) {
        waitWhile(UNDER_WAY);
        MirrorState now = observe();
        if (now.status().equals(MirrorState.RUNNING)) {
            return;
        } else if (!seen.status().equals(now.status()) && NEED_RESEED.contains(now.status()) && !mayReseed()) {
            throw new MirrorException(stoppedAgain(now));
        }

        proveConnection();
        scene.ports().fabric().start(scene.mirror());
        startSent = true;
        scene.run().changed(started(seen));
        // The service goes on showing the former state for a moment.
        Instant giveUp = scene.run().now().plus(SHOWS_WITHIN);
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            boolean same =
                    observe().status().equals(now.status()) && scene.run().now().isBefore(giveUp);
            return same ? Optional.of("mirroring is still " + now.status()) : Optional.empty();
        });
    }

    @Override
    protected void await() {
        waitWhile(Set.of(MirrorState.INITIALIZING, MirrorState.STARTING));
    }

    /** A run that died after it gave the role another password leaves a connection with the old one. */
    private void proveConnection() {
        FabricConnection connection = scene.connection();
        Optional<String> refused = scene.ports().fabric().testConnection(connection.id());
        if (refused.isPresent() && !scene.entraMode()) {
            scene.ports().fabric().replaceCredentials(connection, scene.roleName(), scene.rolePassword());
            scene.run()
                    .changed(new Change(
                            "credentials of connection \"" + connection.name() + "\"", "refused", "as stored"));
        }
    }

    private boolean mayReseed() {
        return scene.run().agreed(Consent.RESEED);
    }

    private void waitWhile(Set<String> states) {
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            MirrorState state = observe();
            return states.contains(state.status()) ? Optional.of("mirroring is " + state.status()) : Optional.empty();
        });
    }

    private static Change started(MirrorState seen) {
        return new Change("mirroring", seen.status(), MirrorState.RUNNING);
    }

    private static Problem stoppedAgain(MirrorState seen) {
        return Problem.of("MIRROR_DID_NOT_START", "mirroring was started and is " + seen.status() + " again")
                .seen(seen.error().isEmpty() ? "Fabric gives no reason" : seen.error())
                .remedy("mend what Fabric says, then run again");
    }
}
