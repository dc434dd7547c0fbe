package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.step.MirrorFinder.Found;
import io.fabricmirror.core.internal.step.MirrorFinder.Source;
import io.fabricmirror.spi.FabricControl.MirrorState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stops the mirror that reads the plan's database, if there is one. */
public final class StopStep extends Step<StopStep.Seen> {
    private final MirrorScene scene;
    private final MirrorFinder finder;
    private final Stopping stopping;

    /** Prepares the step. */
    public StopStep(MirrorScene scene) {
        super(StepKey.STOP);
        this.scene = scene;
        this.finder = new MirrorFinder(scene);
        this.stopping = new Stopping(scene);
    }

    @Override
    protected Seen observe() {
        Optional<Found> found = finder.findAnew();
        String state = found.filter(f -> finder.source(f) != Source.OTHER)
                .map(f -> scene.ports().fabric().state(f.mirror()).status())
                .orElse("");
        return new Seen(found.orElse(null), state);
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        Found found = seen.found();
        if (found == null) {
            return PreviewStep.satisfied(
                    key(), "there is no mirror of " + scene.plan().database());
        } else if (finder.source(found) == Source.OTHER) {
            return PreviewStep.blocked(key(), finder.pointsElsewhere(found));
        } else if (seen.state().equals(MirrorState.STOPPED)) {
            return PreviewStep.satisfied(key(), "Stopped");
        } else if (seen.state().equals(MirrorState.INITIALIZED)) {
            return PreviewStep.satisfied(key(), "never started");
        } else if (seen.state().equals(MirrorState.STOPPING)) {
            return PreviewStep.later(key(), "Stopping");
        }
        return PreviewStep.change(
                key(),
                "the copy stays in OneLake and gets no more changes; starting again copies every table anew",
                List.of(new Change("mirroring", seen.state(), MirrorState.STOPPED)),
                List.of());
    }

    @Override
    protected void change(Seen seen) {
        Found found = seen.found();
        if (found != null) {
            stopping.stop(found.mirror());
        }
    }

    @Override
    protected void await() {
        stopping.awaitRest(scene.mirror());
    }

    /**
     * What the step sees.
     *
     * @param found the mirrored database, if there is one
     * @param state its state; empty text if it is not ours
     */
    record Seen(@Nullable Found found, String state) {}
}
