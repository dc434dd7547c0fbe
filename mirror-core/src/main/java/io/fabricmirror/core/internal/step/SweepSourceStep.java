package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.Leftovers;
import io.fabricmirror.core.internal.sql.Leftovers.Publication;
import io.fabricmirror.core.internal.sql.SqlProblems;
import io.fabricmirror.core.internal.step.MirrorFinder.Source;
import java.sql.SQLException;
import java.util.List;

/** Removes slot and publication of a mirror that is gone. One that somebody reads has a mirror, be it visible or not. */
public final class SweepSourceStep extends Step<List<Publication>> {
    private final MirrorScene scene;
    private final MirrorFinder finder;
    private boolean mirrored;

    /** Prepares the step. */
    public SweepSourceStep(MirrorScene scene) {
        super(StepKey.RELEASED);
        this.scene = scene;
        this.finder = new MirrorFinder(scene);
    }

    /** Returns what nobody reads, unless a mirror of this database is there. */
    @Override
    protected List<Publication> observe() {
        mirrored =
                finder.findAnew().filter(f -> finder.source(f) != Source.OTHER).isPresent();
        return mirrored
                ? List.of()
                : Leftovers.read(scene.admin()).stream().filter(p -> !p.read()).toList();
    }

    @Override
    protected PreviewStep compare(List<Publication> seen) {
        if (mirrored) {
            return PreviewStep.satisfied(key(), scene.plan().database() + " has a mirror; what it reads stays");
        }
        return seen.isEmpty()
                ? PreviewStep.satisfied(
                        key(),
                        "no slot and no publication is left in " + scene.plan().database())
                : PreviewStep.change(
                        key(),
                        "nobody reads them; they hold WAL back",
                        seen.stream().map(SweepSourceStep::removed).toList(),
                        List.of());
    }

    @Override
    protected void change(List<Publication> seen) {
        for (Publication publication : seen) {
            try {
                Leftovers.remove(scene.admin(), publication);
            } catch (SQLException e) {
                throw SqlProblems.change(e, "remove publication " + publication.name());
            }
            scene.run().changed(removed(publication));
        }
    }

    static Change removed(Publication publication) {
        return new Change(
                "publication " + publication.name(),
                publication.slot().isEmpty() ? "without a slot" : "with slot " + publication.slot(),
                "removed");
    }
}
