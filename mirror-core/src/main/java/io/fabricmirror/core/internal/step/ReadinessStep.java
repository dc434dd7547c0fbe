package io.fabricmirror.core.internal.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.Sql;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Proves, as the mirroring role in a login of its own, that the server says it is ready. */
public final class ReadinessStep extends Step<ReadinessStep.Seen> {
    /** One publication for each database: said of a database that is mirrored already, so it is the mirror's matter. */
    private static final String PUBLISHED = "PUBLICATION_LIMIT_REACHED";

    private static final ObjectMapper JSON = new ObjectMapper();
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
        Connection role = scene.role();
        String state = Sql.query(role, """
                        select case when exists (select 1 from pg_catalog.pg_extension where extname = 'azure_cdc') then 'ready'
                                    when exists (select 1 from pg_catalog.pg_namespace where nspname = 'azure_cdc')
                                    then 'counterfeit' else 'absent' end
                        """, r -> r.getString(1)).get(0);
        List<String> missing = new ArrayList<>(state.equals("ready") ? missing(role) : List.of());
        scene.published(missing.removeIf(finding -> finding.startsWith(PUBLISHED)));
        return new Seen(state, missing);
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        String server = scene.plan().server().name();
        if (seen.extension().equals("counterfeit")) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("AZURE_CDC_COUNTERFEIT", server + " has a schema azure_cdc, but not the extension")
                            .seen("no row azure_cdc in pg_extension of database "
                                    + scene.plan().database())
                            .cause("somebody made the schema by hand; only Azure can install the extension")
                            .remedy("drop schema azure_cdc, then run again"));
        } else if (seen.extension().equals("absent")) {
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
            if (!observe().extension().equals("absent")) {
                return Optional.empty();
            } else if (scene.run().now().isAfter(giveUp)) {
                throw new MirrorException(
                        notPrepared(scene.plan().server().name(), "extension azure_cdc is not installed"));
            }

            return Optional.of("waiting for Azure to install azure_cdc");
        });
    }

    /** Says what to do where ARM's parameters alone did not enable mirroring, which some servers are reported to need. */
    static Problem notPrepared(String server, String seen) {
        return Problem.of("SERVER_NOT_PREPARED", "Azure has not prepared " + server + " for mirroring")
                .seen(seen)
                .cause("the parameters are set, but the server's own preparation did not run or is not done")
                .remedy(
                        "in the Azure portal: the server, Fabric Mirroring, Get started, Prepare, Restart; then run again");
    }

    private static List<String> missing(Connection role) {
        List<String> missing = new ArrayList<>();
        List<String> findings = Sql.query(
                role,
                "select coalesce(to_jsonb(data)::text, '[]') from azure_cdc.check_prerequisites()",
                r -> r.getString(1));
        for (String finding : findings) {
            for (JsonNode item : parsed(finding)) {
                if (!item.path("status").asText().equals("OK")) {
                    missing.add(item.path("status_code").asText() + " " + item.path("details"));
                }
            }
        }
        return missing;
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new MirrorException(
                    Problem.of(
                            "ANSWER_NOT_READ",
                            "azure_cdc.check_prerequisites() answered what this version cannot read"),
                    e);
        }
    }

    /**
     * What the step sees.
     *
     * @param extension ready, absent or counterfeit
     * @param missing the prerequisites the server calls missing
     */
    public record Seen(String extension, List<String> missing) {}
}
