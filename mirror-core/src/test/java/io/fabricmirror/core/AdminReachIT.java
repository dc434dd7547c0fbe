package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.StepKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an administrator who is no superuser cannot do is found before the first change, and said with the statement that helps. */
@Tag("postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminReachIT {
    private final World world = new World();
    private final int major = Integer.parseInt(world.ask("select current_setting('server_version_num')::int / 10000"));

    @BeforeEach
    void ordinary() {
        world.server.sql("orders", """
                reset role;
                alter role pgadmin nosuperuser createdb createrole replication;
                alter database orders owner to pgadmin;
                create schema if not exists public; alter schema sales owner to pgadmin;
                do $$ begin
                  if not exists (select 1 from pg_roles where rolname = 'stranger') then create role stranger; end if;
                  if current_setting('server_version_num')::int < 160000 then alter role stranger superuser; end if;
                end $$;
                drop role if exists fabric_user
                """);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @Tag("G53")
    void apply_databaseAndSchemaOfSomebodyElse_areBothNamed() {
        world.server.sql(
                "orders", "reset role; alter database orders owner to stranger; alter schema sales owner to stranger");

        Problem problem = refused(world.plan().build());

        assertThat(problem.code()).isEqualTo("ADMIN_LACKS_RIGHTS");
        assertThat(problem.seen().orElseThrow()).contains("cannot act for stranger", "the database", "schema sales");
        assertThat(problem.remedy().orElseThrow()).contains("GRANT \"stranger\" TO \"pgadmin\" WITH ADMIN OPTION");
    }

    @Test
    @Tag("G53")
    void apply_administratorMayNotMakeRoles_isNamed() {
        world.server.sql("orders", "reset role; alter role pgadmin nocreaterole");

        assertThat(refused(world.plan().build()).remedy().orElseThrow()).contains("ALTER ROLE \"pgadmin\" CREATEROLE");
    }

    @Test
    @Tag("G53")
    void apply_roleThatSomebodyElseMade_isNamed() {
        assumeThat(major).as("before, CREATEROLE was enough").isGreaterThanOrEqualTo(16);
        world.server.sql("orders", "reset role; create role fabric_user login replication");

        Problem problem = refused(world.plan().build());

        assertThat(problem.seen().orElseThrow()).contains("fabric_user was made by somebody else");
        assertThat(problem.remedy().orElseThrow()).contains("GRANT \"fabric_user\" TO \"pgadmin\" WITH ADMIN OPTION");
    }

    @Test
    @Tag("G53")
    void apply_administratorLacksReplicationItself_isNamed() {
        assumeThat(major)
                .as("before, it is the server's own build that decides")
                .isGreaterThanOrEqualTo(16);
        world.server.sql("orders", "reset role; alter role pgadmin noreplication");

        assertThat(refused(world.plan().build()).seen().orElseThrow()).contains("it lacks REPLICATION itself");
    }

    @Test
    @Tag("G30")
    void apply_schemaPublicIsGone_isNamedWithTheTwoWaysOn() {
        world.server.sql("orders", "reset role; alter schema public rename to former");
        try {
            Problem problem = refused(world.plan().build());

            assertThat(problem.seen().orElseThrow()).contains("schema public does not exist");
            assertThat(problem.remedy().orElseThrow()).contains("CREATE SCHEMA \"public\"", ".withoutSeedTable()");
        } finally {
            world.server.sql("orders", "reset role; alter schema former rename to public");
        }
    }

    @Test
    @Tag("G34")
    void apply_schemaMadeByHandInsteadOfTheExtension_isRefusedBeforeAnythingChanges() {
        world.server.sql("orders", "reset role; create schema azure_cdc");
        try {
            assertThat(refused(world.plan().build()).code()).isEqualTo("AZURE_CDC_COUNTERFEIT");
        } finally {
            world.server.sql("orders", "reset role; drop schema azure_cdc");
        }
    }

    private Problem refused(MirrorPlan plan) {
        String before = world.fingerprint();

        Report report = world.apply(plan);

        assertThat(report.changes()).as(report.text()).isEmpty();
        assertThat(world.fingerprint()).isEqualTo(before);
        return report.step(StepKey.ROLE).problem().orElseThrow();
    }
}
