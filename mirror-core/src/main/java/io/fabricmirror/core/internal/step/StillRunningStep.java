package io.fabricmirror.core.internal.step;

import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.MirrorState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Waits until no mirror of the role shows an error any more. Changes nothing. */
public final class StillRunningStep extends Step<List<String>> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
    private static final Duration HEALS_WITHIN = Duration.ofMinutes(10);

    private final MirrorScene scene;
    private final List<MirrorPlan> mirrors;
    private int running;

    /** Prepares the step. */
    public StillRunningStep(MirrorScene scene, List<MirrorPlan> mirrors) {
        super(StepKey.VERIFIED);
        this.scene = scene;
        this.mirrors = mirrors;
    }

    /** Returns what mirrors that run say is wrong. */
    @Override
    protected List<String> observe() {
        FabricControl fabric = scene.ports().fabric();
        List<String> errors = new ArrayList<>();
        running = 0;
        for (MirrorPlan mirror : mirrors) {
            String workspace = fabric.workspace(mirror.workspace()).id();
            Optional<Mirror> item = fabric.mirrors(workspace).stream()
                    .filter(m -> m.name().equals(mirror.name()))
                    .findFirst();
            Optional<MirrorState> state =
                    item.map(fabric::state).filter(s -> s.status().equals(MirrorState.RUNNING));
            running += state.isPresent() ? 1 : 0;
            state.filter(s -> !s.error().isEmpty())
                    .ifPresent(s -> errors.add("\"" + mirror.name() + "\": " + s.error()));
        }
        return errors;
    }

    @Override
    protected PreviewStep compare(List<String> seen) {
        String count = running + " of " + mirrors.size() + " mirrors running";
        return seen.isEmpty()
                ? PreviewStep.satisfied(key(), count)
                : PreviewStep.later(key(), count + "; " + String.join("; ", seen));
    }

    @Override
    protected void await() {
        Instant giveUp = scene.run().now().plus(HEALS_WITHIN);
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            List<String> errors = observe();
            if (errors.isEmpty()) {
                return Optional.empty();
            } else if (scene.run().now().isAfter(giveUp)) {
                throw new MirrorException(Problem.of("MIRROR_HAS_ERROR", "a mirror runs with an error")
                        .seen(String.join("; ", errors))
                        .remedy("mend what Fabric says, then run again"));
            }

            return Optional.of(String.join("; ", errors));
        });
    }
}
