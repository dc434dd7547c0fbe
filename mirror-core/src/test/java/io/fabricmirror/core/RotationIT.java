package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.Consent;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Outcome;
import io.fabricmirror.Preview;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.RotationPlan;
import io.fabricmirror.StepKey;
import io.fabricmirror.Verdict;
import io.fabricmirror.testkit.Call;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two mirrors of one server that log in as one role, and so share its password. */
@Tag("postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotationIT {
    private final World world = new World();
    private final MirrorPlan orders = world.plan().build();
    private final MirrorPlan returns = MirrorPlan.named("returns")
            .server(orders.server())
            .database("returns")
            .admin(orders.admin())
            .connection(orders.connection())
            .workspace(orders.workspace())
            .gateway(orders.gateway())
            .build();
    private final RotationPlan rotation = RotationPlan.of(List.of(orders, returns))
            .secretsOlderThan(Duration.ofDays(30))
            .build();

    @BeforeAll
    void mirrors() {
        world.server.sql("returns", "create table t (id int primary key); insert into t values (1)");
        world.apply(orders).orThrow();
        world.apply(returns).orThrow();
    }

    @BeforeEach
    void monthPasses() throws InterruptedException {
        world.azure.faults().clear();
        world.azure.pacer().pause(Duration.ofDays(31));
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @Tag("G27")
    void rotation_oldSecret_bringsRoleAndEveryConnectionToANewOneOnce() throws SQLException {
        String former = secret();
        int versions = versions();

        Preview preview = world.mirror.preview(rotation);
        Report report = world.mirror.apply(rotation);
        Report again = world.mirror.apply(rotation);

        assertThat(preview.obstacles()).isEmpty();
        assertThat(preview.step(StepKey.CREDENTIAL).detail()).matches("the secret is \\d+ days old");
        assertThat(preview.steps())
                .filteredOn(s -> s.key().value().startsWith("connection/"))
                .allMatch(s -> s.word().equals(PreviewWord.CHANGE))
                .hasSize(2);
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(secret()).isNotEqualTo(former);
        assertThat(logsIn(secret())).isTrue();
        assertThat(logsIn(former)).isFalse();
        assertThat(again.verdict()).as(again.text()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        assertThat(versions()).isEqualTo(versions + 1);
        assertMirrorsGoOn();
        assertThat(report.text()).doesNotContain(secret()).doesNotContain(former);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Tag("G27")
    void rotation_endedAtAConnection_isFinishedByTheNextRunWithoutAnotherSecret(int which) throws SQLException {
        int versions = versions();
        world.azure.faults().on(Call.UPDATE_CONNECTION).nth(which).refused(400, "InvalidCredentialDetails", "no");

        Report broken = world.mirror.apply(rotation);
        Report report = world.mirror.apply(rotation);

        assertThat(broken.verdict()).as(broken.text()).isIn(Verdict.ACTION_NEEDED, Verdict.FAILED);
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(versions()).isEqualTo(versions + 1);
        assertThat(logsIn(secret())).isTrue();
        assertMirrorsGoOn();
    }

    @Test
    @Tag("G27")
    void rotation_endedAfterTheSecretWasStored_goesOnFromTheNewestVersion() throws SQLException {
        int versions = versions();
        world.azure.faults().on(Call.SET_SECRET).first().doneButAnswerLost();

        world.mirror.apply(rotation);
        Report report = world.mirror.apply(rotation);

        assertThat(report.verdict()).as(report.text()).isIn(Verdict.DONE, Verdict.NOTHING_TO_CHANGE);
        assertThat(versions()).isEqualTo(versions + 1);
        assertThat(logsIn(secret())).isTrue();
        assertMirrorsGoOn();
    }

    @Test
    @Tag("G27")
    void rotation_mirrorOfTheRoleNotGiven_refusesBeforeAnythingChanges() {
        RotationPlan half = RotationPlan.of(List.of(orders))
                .secretsOlderThan(Duration.ofDays(30))
                .build();
        long writes = world.writes();

        Report report = world.mirror.apply(half);

        Problem problem = report.step(StepKey.SHARED).problem().orElseThrow();
        assertThat(problem.code()).isEqualTo("CONNECTION_NOT_COVERED");
        assertThat(problem.seen()).contains("\"pg-orders;returns fabric_user\"");
        assertThat(report.verdict()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(world.writes()).isEqualTo(writes);
    }

    @Test
    @Tag("G27")
    void rotation_newestVersionWasStoredByHand_isBroughtToIt() throws SQLException {
        world.azure.vault("kv-main").put(World.ROLE_SECRET.name(), "by hand 1A!");

        Report report =
                world.mirror.apply(RotationPlan.of(List.of(orders, returns)).build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(report.step(StepKey.CREDENTIAL).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(logsIn("by hand 1A!")).isTrue();
        assertMirrorsGoOn();
    }

    @Test
    @Tag("G27")
    void apply_mirrorPlanReplacesThePassword_otherMirrorsOfTheRoleGetItToo() {
        world.azure.vault("kv-main").put(World.ROLE_SECRET.name(), "by a plan 1A!");

        Report report = world.mirror.apply(orders, Consent.REPLACE_ROLE_PASSWORD);

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(report.changes())
                .extracting(c -> c.what())
                .contains(
                        "credentials of connection \"pg-orders;orders fabric_user\"",
                        "credentials of connection \"pg-orders;returns fabric_user\"");
        assertMirrorsGoOn();
    }

    /** A server that ended every session shows who still gets in. */
    private void assertMirrorsGoOn() {
        world.server.sql(
                "postgres",
                "reset role; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'fabric_user'");
        world.server.sql("returns", "insert into t select max(id) + 1 from t");
        try {
            world.azure.pacer().pause(Duration.ofMinutes(1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(world.azure.workspace("Sales").mirror("returns").rows("public.t"))
                .isEqualTo(Long.parseLong(world.server.query("returns", "select count(*) from t")));
        assertThat(world.azure.workspace("Sales").mirror("orders").status()).isEqualTo("Running");
    }

    private String secret() {
        return world.azure.vault("kv-main").value(World.ROLE_SECRET.name()).orElseThrow();
    }

    private int versions() {
        return world.azure.vault("kv-main").versions(World.ROLE_SECRET.name()).size();
    }

    private boolean logsIn(String password) throws SQLException {
        try (Connection connection = world.server.connect("orders", "fabric_user", password)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            if ("28P01".equals(e.getSQLState())) {
                return false;
            }

            throw e;
        }
    }
}
