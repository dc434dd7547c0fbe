package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.SecretRef;
import io.fabricmirror.StepKey;
import io.fabricmirror.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the role's password reaches the server. */
@Tag("postgres")
@Tag("G29")
class PasswordIT {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Tag("G28")
    void apply_leastRights_isAScramVerifierWithoutMoreThanMirroringNeeds() {
        ServerLog.settings(world.server, "password_encryption = 'md5'");
        world.server.restart();

        Report report = world.mirror.apply(
                world.plan()
                        .connection(ConnectionSpec.fabricUser(World.ROLE_SECRET).leastRights())
                        .build(),
                RESTART_SERVER,
                CHANGE_TABLE_OWNERS);

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(world.ask("select rolpassword from pg_authid where rolname = 'fabric_user'"))
                .startsWith("SCRAM-SHA-256$");
        assertThat(world.ask(
                        "select rolcreatedb or rolcreaterole or rolsuper from pg_roles where rolname = 'fabric_user'"))
                .isEqualTo("f");
    }

    @Test
    void apply_serverRefusesThePassword_isExplainedWithoutIt() {
        ServerLog.settings(world.server, "session_preload_libraries = 'passwordcheck'");
        world.server.restart();
        // The one thing that PostgreSQL's own check finds wrong with a verifier.
        world.azure.vault("kv-main").put("weak", "fabric_user");

        Report report = world.mirror.apply(
                world.plan()
                        .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(World.VAULT, "weak")))
                        .build(),
                RESTART_SERVER,
                CHANGE_TABLE_OWNERS);

        Problem problem = report.step(StepKey.ROLE).problem().orElseThrow();
        assertThat(problem.code()).as(report.text()).isEqualTo("PASSWORD_REFUSED");
        assertThat(problem.remedy().orElseThrow())
                .contains("SCRAM-SHA-256", "ALTER ROLE \"fabric_user\" PASSWORD", "kv-main/weak");
        assertThat(problem.text()).doesNotContain("SCRAM-SHA-256$");
    }
}
