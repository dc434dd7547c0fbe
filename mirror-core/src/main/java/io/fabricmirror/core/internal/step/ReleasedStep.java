package io.fabricmirror.core.internal.step;

import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.Leftovers;
import io.fabricmirror.core.internal.sql.Leftovers.Publication;
import io.fabricmirror.core.internal.sql.SqlProblems;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Proves that the source holds nothing back for a mirror that is gone: no slot, no publication. Removes those that nobody reads. */
public final class ReleasedStep extends Step<List<Publication>> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
    /** Fabric cleans up by itself; only what it leaves is removed. */
    private static final Duration CLEANED_WITHIN = Duration.ofMinutes(5);

    private final MirrorScene scene;

    /** Prepares the step. */
    public ReleasedStep(MirrorScene scene) {
        super(StepKey.RELEASED);
        this.scene = scene;
    }

    @Override
    protected List<Publication> observe() {
        scene.run().requireTrue(StepKey.MIRROR);
        return Leftovers.read(scene.admin());
    }

    @Override
    protected PreviewStep compare(List<Publication> seen) {
        List<Publication> read = seen.stream().filter(Publication::read).toList();
        if (seen.isEmpty()) {
            return PreviewStep.satisfied(
                    key(),
                    "no slot and no publication of a mirror in " + scene.plan().database());
        } else if (!read.isEmpty() && !scene.run().changedAnything()) {
            return PreviewStep.blocked(key(), stillRead(read));
        }
        return PreviewStep.change(
                key(),
                "nobody reads them; they hold WAL back",
                seen.stream().map(SweepSourceStep::removed).toList(),
                List.of());
    }

    @Override
    protected void change(List<Publication> seen) {
        Instant giveUp = scene.run().now().plus(CLEANED_WITHIN);
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            List<Publication> left = Leftovers.read(scene.admin());
            return left.isEmpty() || scene.run().now().isAfter(giveUp)
                    ? Optional.empty()
                    : Optional.of("waiting for Fabric to remove " + left.get(0).name());
        });
        for (Publication publication : Leftovers.read(scene.admin())) {
            if (publication.read()) {
                throw new MirrorException(stillRead(List.of(publication)));
            }

            try {
                Leftovers.remove(scene.admin(), publication);
            } catch (SQLException e) {
                throw SqlProblems.change(e, "remove publication " + publication.name());
            }
            scene.run().changed(SweepSourceStep.removed(publication));
        }
    }

    private Problem stillRead(List<Publication> read) {
        return Problem.of(
                        "DATABASE_STILL_READ",
                        "somebody reads database " + scene.plan().database())
                .seen(String.join(
                        ", ",
                        read.stream()
                                .map(p -> "publication " + p.name() + ", slot " + p.slot())
                                .toList()))
                .cause("it is mirrored into a workspace that is not visible to the caller")
                .remedy("remove that mirror first; a slot that is read is never dropped");
    }
}
