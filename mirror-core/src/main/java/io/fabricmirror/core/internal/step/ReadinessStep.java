package io.fabricmirror.core.internal.step;

import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.AzureCdc;
import io.fabricmirror.core.internal.sql.AzureCdc.Extension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Proves, as the mirroring role in a login of its own, that the server says it is ready. */
public final class ReadinessStep extends Step<ReadinessStep.Seen> {
    /** One publication for each database: said of a database that is mirrored already, so it is the mirror's matter. */
    private static final String PUBLISHED = "PUBLICATION_LIMIT_REACHED";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration PREPARED_WITHIN = Duration.ofMinutes(5);

    private final MirrorScene scene;

    /** Prepares the step. */
    public ReadinessStep(MirrorScene scene) {
        super(StepKey.READINESS);
        this.scene = scene;
    }

    @Override
    protected Seen observe() {
        scene.run().requireTrue(StepKey.IDENTITY, StepKey.PARAMETERS, StepKey.ROLE);
        if (scene.run().changedAnything()) {
            scene.forgetCdc();
        }
        AzureCdc.Answer answer = scene.cdc();
        List<String> missing = new ArrayList<>(answer.missing());
        scene.published(missing.removeIf(finding -> finding.startsWith(PUBLISHED)));
        return new Seen(answer.extension(), missing);
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        String server = scene.plan().server().name();
        if (seen.extension() == Extension.COUNTERFEIT) {
            return PreviewStep.blocked(key(), counterfeit(scene.plan()));
        } else if (seen.extension() == Extension.ABSENT) {
            return PreviewStep.later(key(), "Azure installs azure_cdc after mirroring was enabled");
        } else if (!seen.missing().isEmpty()) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("NOT_READY", server + " lacks prerequisites for mirroring")
                            .seen(String.join("; ", seen.missing()))
                            .remedy("mend what is named; the names are those of azure_cdc.check_prerequisites()"));
        }
        return PreviewStep.satisfied(key(), "azure_cdc is installed as an extension; no prerequisite missing");
    }

    @Override
    protected void await() {
        Instant giveUp = scene.run().now().plus(PREPARED_WITHIN);
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            if (lookAgain().extension() != Extension.ABSENT) {
                return Optional.empty();
            } else if (scene.run().now().isAfter(giveUp)) {
                throw new MirrorException(
                        notPrepared(scene.plan().server().name(), "extension azure_cdc is not installed"));
            }

            return Optional.of("waiting for Azure to install azure_cdc");
        });
    }

    private Seen lookAgain() {
        scene.forgetCdc();
        return observe();
    }

    static Problem counterfeit(MirrorPlan plan) {
        return Problem.of(
                        "AZURE_CDC_COUNTERFEIT",
                        plan.server().name() + " has a schema azure_cdc, but not the extension")
                .seen("no row azure_cdc in pg_extension of database " + plan.database())
                .cause("somebody made the schema by hand; only Azure can install the extension")
                .remedy("drop schema azure_cdc, then run again");
    }

    /** Says what to do where ARM's parameters alone did not enable mirroring, which some servers are reported to need. */
    static Problem notPrepared(String server, String seen) {
        return Problem.of("SERVER_NOT_PREPARED", "Azure has not prepared " + server + " for mirroring")
                .seen(seen)
                .cause("the parameters are set, but the server's own preparation did not run or is not done")
                .remedy(
                        "in the Azure portal: the server, Fabric Mirroring, Get started, Prepare, Restart; then run again");
    }

    /**
     * What the step sees.
     *
     * @param extension whether it is there
     * @param missing the prerequisites the server calls missing
     */
    public record Seen(Extension extension, List<String> missing) {}
}
