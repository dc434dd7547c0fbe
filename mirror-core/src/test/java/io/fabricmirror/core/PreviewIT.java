package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.Outcome;
import io.fabricmirror.Permission;
import io.fabricmirror.Preview;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Report;
import io.fabricmirror.StepKey;
import io.fabricmirror.TimelineEntry;
import io.fabricmirror.Verdict;
import io.fabricmirror.core.internal.plan.Needs;
import io.fabricmirror.core.internal.sql.JdbcSourceDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What a preview says is what an apply does. */
@Tag("G42")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PreviewIT {
    private final World world = new World();

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @Order(1)
    void preview_administratorIsNotLetIn_cannotSeeInsteadOfBlocked() {
        world.azure.vault("kv-main").put(World.ADMIN_SECRET.name(), "wrong");
        try {
            Preview preview = world.mirror.preview(world.plan().build());

            assertThat(preview.obstacles()).isEmpty();
            assertThat(preview.unseen())
                    .singleElement()
                    .satisfies(p -> assertThat(p.code()).isEqualTo("LOGIN_REFUSED"));
            assertThat(preview.step(StepKey.CREDENTIAL).word()).isEqualTo(PreviewWord.CANNOT_SEE);
            assertThat(preview.step(StepKey.ROLE).word()).isEqualTo(PreviewWord.LATER);
            assertThat(preview.text()).contains("cannot see", "Not seen: 1");
            assertThat(preview.sql()).contains("-- step role", "not known yet").doesNotContain("create role");
        } finally {
            world.azure.vault("kv-main").put(World.ADMIN_SECRET.name(), world.server.adminPassword());
        }
    }

    @Test
    @Order(2)
    void preview_vaultMayNotBeRead_cannotSeeAndTakesNothingForAbsent() {
        world.azure.vault("kv-main").permissions("set");
        try {
            Preview preview = world.mirror.preview(world.plan().build());

            assertThat(preview.step(StepKey.CREDENTIAL).word()).isEqualTo(PreviewWord.CANNOT_SEE);
            assertThat(preview.step(StepKey.CREDENTIAL).changes()).isEmpty();
        } finally {
            world.azure.vault("kv-main").permissions("get", "list", "set");
        }
    }

    @Test
    @Order(3)
    void sql_newServer_isWhatTheApplySendsAndHoldsNoSecret() {
        SpokenSql spoken = new SpokenSql(new JdbcSourceDatabase(world.azure.jdbcProperties()), "orders");
        String before = world.fingerprint();
        try (MirrorExecutor mirror = world.builder().source(spoken).build()) {
            Preview preview = mirror.preview(world.plan().build());
            assertThat(spoken.statements()).as("a preview only asks").isEmpty();
            assertThat(world.fingerprint()).isEqualTo(before);

            Report report = mirror.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS);

            assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
            assertThat(statements(preview.sql()))
                    .isEqualTo(spoken.statements().stream()
                            .map(s ->
                                    s.replaceAll("'SCRAM-SHA-256\\$[^']*'", "'<SCRAM-SHA-256 verifier of the secret>'"))
                            .toList());
            assertThat(preview.sql())
                    .contains("create role \"fabric_user\"", "alter table \"public\".\"customers\" owner to")
                    .doesNotContain("SCRAM-SHA-256$", world.server.adminPassword());
            assertEveryCallIsCovered(report);
            assertThat(report.steps())
                    .allMatch(
                            s -> preview.step(s.key()).word().possibleOutcomes().contains(s.outcome()));
        }
    }

    @Test
    @Order(4)
    void permissions_ofAPreview_comeFirstAndAreGivenForEachArea() {
        List<Permission> needed = world.mirror.preview(world.plan().build()).permissions();

        assertThat(needed.get(0).purpose()).isEqualTo(Permission.Purpose.PREVIEW);
        assertThat(needed)
                .extracting(Permission::area)
                .contains("Azure", "Key Vault", "PostgreSQL", "Fabric", "Fabric tenant");
        assertThat(needed)
                .filteredOn(p -> p.purpose().equals(Permission.Purpose.PREVIEW))
                .extracting(Permission::name)
                .noneMatch(name ->
                        name.endsWith("write") || name.endsWith("setSecret/action") || name.contains("restart"));
        assertThat(needed).extracting(p -> p.area() + p.name() + p.scope()).doesNotHaveDuplicates();
    }

    @Test
    @Order(5)
    void sql_nothingToChange_hasNoStatements() {
        Preview preview = world.mirror.preview(world.plan().build());

        assertThat(preview.nothingToChange()).as(preview.text()).isTrue();
        assertThat(statements(preview.sql())).isEmpty();
        assertThat(world.mirror.apply(world.plan().build()).steps())
                .allMatch(s -> s.outcome().equals(Outcome.SATISFIED));
    }

    private void assertEveryCallIsCovered(Report report) {
        assertThat(report.run().timeline())
                .filteredOn(e -> e.kind().equals(TimelineEntry.Kind.CALL))
                .as("calls of a step for which no permission is stated; add them to Needs")
                .allMatch(e -> Needs.cover(e.what(), e.step(), world.plan().build()));
        List<String> made = report.run().timeline().stream()
                .filter(e -> e.kind().equals(TimelineEntry.Kind.CALL))
                .map(TimelineEntry::what)
                .toList();
        assertThat(Needs.calls())
                .as("permissions for calls that are not made")
                .filteredOn(call -> !List.of(
                                "azure: enable password sign in",
                                "azure: delete firewall rule",
                                "azure: find",
                                "azure: vault",
                                "azure: change network",
                                "azure: merge tag",
                                "azure: delete tag",
                                "sql: knock",
                                "fabric: gateway",
                                "fabric: gateway trouble",
                                "fabric: change role",
                                "fabric: replace credentials",
                                "fabric: definition",
                                "fabric: change definition")
                        .contains(call))
                .isSubsetOf(made);
    }

    private static List<String> statements(String script) {
        return script.lines()
                .filter(line -> !line.startsWith("--") && !line.isBlank())
                .map(line -> line.substring(0, line.length() - 1))
                .toList();
    }
}
