package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.ServerControl.Server;
import java.util.ArrayList;
import java.util.List;

/** Gives the server password sign-in and its own identity, with which it writes to OneLake. */
public final class IdentityStep extends Step<Server> {
    private final MirrorScene scene;

    /** Prepares the step. */
    public IdentityStep(MirrorScene scene) {
        super(StepKey.IDENTITY);
        this.scene = scene;
    }

    @Override
    protected Server observe() {
        return scene.server();
    }

    @Override
    protected PreviewStep compare(Server seen) {
        List<Change> changes = new ArrayList<>();
        List<Consent> consents = new ArrayList<>();
        if (!seen.passwordSignIn() && scene.needsPasswords()) {
            changes.add(passwordSignIn());
            consents.add(Consent.ENABLE_PASSWORD_SIGN_IN);
        }
        if (seen.systemIdentity().isEmpty()) {
            changes.add(systemIdentity(seen));
        }
        return changes.isEmpty()
                ? PreviewStep.satisfied(key(), "system-assigned, object id " + seen.principalId())
                : PreviewStep.change(key(), "the server needs an identity of its own", changes, consents);
    }

    @Override
    protected void change(Server seen) {
        if (!seen.passwordSignIn() && scene.needsPasswords()) {
            scene.ports().server().enablePasswordSignIn(seen.id());
            scene.run().changed(passwordSignIn());
        }
        if (seen.systemIdentity().isEmpty()) {
            scene.ports().server().enableSystemIdentity(seen.id());
            scene.run().changed(systemIdentity(seen));
        }
        scene.server(scene.ports().server().server(seen.id()));
    }

    private static Change passwordSignIn() {
        return new Change("password sign-in", "off", "on");
    }

    private static Change systemIdentity(Server seen) {
        return new Change("identity", seen.identityType(), "system-assigned, primary");
    }
}
