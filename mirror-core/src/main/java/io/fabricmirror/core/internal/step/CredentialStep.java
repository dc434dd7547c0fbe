package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.SecretRef;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.MirroringRole;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SecretStore.StoredSecret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads the mirroring role's password from Key Vault, or generates one and stores it before anybody uses it. */
public final class CredentialStep extends Step<CredentialStep.Seen> {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 32;

    private final MirrorScene scene;

    /** Prepares the step. */
    public CredentialStep(MirrorScene scene) {
        super(StepKey.CREDENTIAL);
        this.scene = scene;
    }

    @Override
    protected Seen observe() {
        if (scene.adminMode() || scene.entraMode()) {
            return new Seen(true, false);
        }

        Optional<StoredSecret> stored = scene.ports().secrets().read(scene.roleSecret());
        if (stored.isPresent() && stored.get().value().reveal().isBlank()) {
            throw new MirrorException(Problem.of("SECRET_EMPTY", "secret " + scene.roleSecret() + " is empty")
                    .remedy("store a password there, or delete the secret so that one is generated"));
        }
        stored.ifPresent(secret -> scene.rolePassword(secret.value()));
        return new Seen(stored.isPresent(), stored.isEmpty() && MirroringRole.exists(scene.admin(), scene.roleName()));
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        if (scene.adminMode()) {
            return PreviewStep.satisfied(key(), "the administrator's own, " + scene.roleSecret());
        } else if (scene.entraMode()) {
            return PreviewStep.satisfied(key(), "none: " + scene.roleName() + " signs in with Microsoft Entra tokens");
        } else if (seen.stored()) {
            return PreviewStep.satisfied(key(), "secret " + scene.roleSecret() + " exists");
        }

        // A secret that is absent beside a role that exists may be a typing error in the secret's name; a new password
        // would then cut
        // off whatever else logs in as that role.
        return PreviewStep.change(
                key(),
                "a password is generated and stored before it is used",
                List.of(newSecret()),
                seen.roleExists() ? List.of(Consent.REPLACE_ROLE_PASSWORD) : List.of());
    }

    @Override
    protected void change(Seen seen) {
        SecretRef secret = scene.roleSecret();
        scene.rolePassword(scene.ports().secrets().store(secret, generated()).value());
        scene.run().changed(newSecret());
    }

    private Change newSecret() {
        return new Change("secret " + scene.roleSecret(), "absent", "generated and stored");
    }

    static Secret generated() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        // Azure's password rules ask for three kinds of characters; the ending makes sure of them whatever the random
        // part is.
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "aA1!");
    }

    /**
     * What the step sees.
     *
     * @param stored whether the secret exists
     * @param roleExists whether the role exists although the secret does not
     */
    public record Seen(boolean stored, boolean roleExists) {}
}
