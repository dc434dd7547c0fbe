package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.MirrorState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Stops a mirror and waits until it is at rest. */
final class Stopping {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
    private static final Set<String> AT_REST = Set.of(MirrorState.INITIALIZED, MirrorState.STOPPED);

    private final MirrorScene scene;

    Stopping(MirrorScene scene) {
        this.scene = scene;
    }

    boolean isActive(Mirror mirror) {
        return !AT_REST.contains(state(mirror));
    }

    /** Sends the order only to a mirror that is not on its way already, and never to one that is still being made. */
    void stop(Mirror mirror) {
        waitWhile(mirror, Set.of(MirrorState.INITIALIZING));
        String state = state(mirror);
        if (!AT_REST.contains(state) && !state.equals(MirrorState.STOPPING)) {
            scene.ports().fabric().stop(mirror);
            scene.run().changed(new Change("mirroring", state, MirrorState.STOPPED));
        }
        awaitRest(mirror);
    }

    void awaitRest(Mirror mirror) {
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            String now = state(mirror);
            return AT_REST.contains(now) ? Optional.empty() : Optional.of("mirroring is " + now);
        });
    }

    private void waitWhile(Mirror mirror, Set<String> states) {
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            String now = state(mirror);
            return states.contains(now) ? Optional.of("mirroring is " + now) : Optional.empty();
        });
    }

    private String state(Mirror mirror) {
        return scene.ports().fabric().state(mirror).status();
    }
}
