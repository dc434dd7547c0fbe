package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.step.MirrorFinder.Found;
import io.fabricmirror.core.internal.step.MirrorFinder.Source;
import java.util.List;
import java.util.Optional;

/** Stops and deletes the mirrored database, if it reads the plan's source and has the plan's name. */
public final class RemoveItemStep extends Step<Optional<Found>> {
    private final MirrorScene scene;
    private final MirrorFinder finder;
    private final Stopping stopping;

    /** Prepares the step. */
    public RemoveItemStep(MirrorScene scene) {
        super(StepKey.MIRROR);
        this.scene = scene;
        this.finder = new MirrorFinder(scene);
        this.stopping = new Stopping(scene);
    }

    @Override
    protected Optional<Found> observe() {
        return finder.findAnew();
    }

    @Override
    protected PreviewStep compare(Optional<Found> seen) {
        if (seen.isEmpty()) {
            return PreviewStep.satisfied(
                    key(), "there is no mirror of " + scene.plan().database());
        }

        Found found = seen.get();
        String shown =
                "\"" + found.mirror().name() + "\", item " + found.mirror().id();
        if (finder.source(found) == Source.OTHER) {
            return PreviewStep.satisfied(key(), shown + ", mirrors another source; it is not touched");
        } else if (finder.source(found) == Source.LOST || !finder.hasPlansName(found.mirror())) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("NOT_PROVED_OURS", "a mirrored database is not proved to be this plan's")
                            .seen(shown
                                    + (finder.hasPlansName(found.mirror())
                                            ? ", its connection is gone or not visible"
                                            : ", has another name than the plan"))
                            .remedy("name the plan like the item, or delete the item in Fabric by hand"));
        }
        return PreviewStep.change(
                key(),
                "stopped and deleted with its copy in OneLake",
                List.of(deleted(found)),
                List.of(Consent.DELETE_MIRRORED_DATA));
    }

    @Override
    protected void change(Optional<Found> seen) {
        Found found = seen.orElseThrow();
        if (stopping.isActive(found.mirror())) {
            stopping.stop(found.mirror());
        }
        scene.ports().fabric().deleteMirror(found.mirror());
        scene.run().changed(deleted(found));
    }

    private static Change deleted(Found found) {
        return new Change(
                "mirrored database \"" + found.mirror().name() + "\"",
                "item " + found.mirror().id(),
                "deleted");
    }
}
