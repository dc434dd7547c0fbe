package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.RotationPlan;
import io.fabricmirror.SecretRef;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.SecretStore.StoredSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stores a generated password if the newest one is too old. Former versions stay as they are. */
public final class RotateSecretStep extends Step<Optional<StoredSecret>> {
    private final MirrorScene scene;
    private final RotationPlan plan;

    /** Prepares the step. */
    public RotateSecretStep(MirrorScene scene, RotationPlan plan) {
        super(StepKey.CREDENTIAL);
        this.scene = scene;
        this.plan = plan;
    }

    @Override
    protected Optional<StoredSecret> observe() {
        Optional<StoredSecret> newest = scene.ports().secrets().read(scene.roleSecret());
        newest.ifPresent(secret -> scene.rolePassword(secret.value()));
        return newest;
    }

    @Override
    protected PreviewStep compare(Optional<StoredSecret> seen) {
        SecretRef secret = scene.roleSecret();
        if (seen.isEmpty()) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("SECRET_ABSENT", "secret " + secret + " does not exist")
                            .remedy("apply the plan of one of the mirrors: it makes role and secret"));
        }

        Optional<Duration> age = age(seen.get());
        if (plan.maximumAge().isEmpty()) {
            return PreviewStep.satisfied(key(), "version " + seen.get().version() + " is the newest");
        } else if (age.isPresent() && age.get().compareTo(plan.maximumAge().get()) < 0) {
            return PreviewStep.satisfied(key(), "version " + seen.get().version() + " is " + shown(age.get()) + " old");
        }
        return PreviewStep.change(
                key(),
                "the secret is " + age.map(RotateSecretStep::shown).orElse("of unknown age") + " old",
                List.of(newVersion(seen.get())),
                List.of());
    }

    @Override
    protected void change(Optional<StoredSecret> seen) {
        SecretStore secrets = scene.ports().secrets();
        StoredSecret stored = secrets.store(scene.roleSecret(), CredentialStep.generated());
        // Another runner may have stored one as well; the newest counts for both.
        scene.rolePassword(secrets.read(scene.roleSecret()).orElse(stored).value());
        scene.run().changed(newVersion(seen.orElseThrow()));
    }

    private Change newVersion(StoredSecret former) {
        return new Change(
                "secret " + scene.roleSecret(), "version " + former.version(), "a generated one, stored as newest");
    }

    private Optional<Duration> age(StoredSecret secret) {
        Instant stored = secret.storedAt();
        return stored == null
                ? Optional.empty()
                : Optional.of(Duration.between(stored, scene.run().now()));
    }

    private static String shown(Duration age) {
        return age.toDays() > 1 ? age.toDays() + " days" : age.toHours() + " hours";
    }
}
