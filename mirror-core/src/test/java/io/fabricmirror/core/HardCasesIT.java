package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.ENABLE_PASSWORD_SIGN_IN;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static io.fabricmirror.Consent.SET_REPLICA_IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Outcome;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.SecretRef;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableSelection;
import io.fabricmirror.Verdict;
import io.fabricmirror.testkit.Call;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names, locks, sign-in modes and neighbours that scripts stumble over. */
class HardCasesIT {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Tag("postgres")
    @Tag("G29")
    void apply_namesAndPasswordWithEveryKindOfCharacter_areTakenLiterally() {
        String database = "Order's \"DB\" ü";
        String role = "select \"Ro'le\\ %s $1 ü";
        world.server.sql(database, """
                create schema "My ""Schema'"; create table "My ""Schema'"."Tab'le" ("Id" serial primary key, "select" text);
                insert into "My ""Schema'"."Tab'le" ("select") values ('x')
                """);
        world.azure.vault("kv-main").put("odd", "p'a\"s\\s w%ör$d;{}");

        Report report = world.apply(world.plan()
                .database(database)
                .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(World.VAULT, "odd"))
                        .user(role))
                .tables(TableSelection.schemas("My \"Schema'"))
                .build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(report.tables()).hasSize(2);
        assertThat(report.text()).doesNotContain("w%ör$d");
    }

    @Test
    @Tag("postgres")
    @Tag("G55")
    void apply_tableStaysLocked_givesUpAndLeavesItAsItWas() throws SQLException {
        // The restart is over with before the lock is taken, which it would end.
        world.apply(
                world.plan().tables(TableSelection.named("public.customers")).build());
        try (Connection other = world.server.connect("orders");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table notes in access share mode");

            Report locked = world.apply(world.plan().build());

            assertThat(locked.verdict()).as(locked.text()).isEqualTo(Verdict.ACTION_NEEDED);
            assertThat(locked.step(StepKey.TABLES).problem().orElseThrow().line())
                    .contains("TABLE_LOCKED", "public.notes");
            assertThat(world.ask("select tableowner from pg_tables where tablename = 'notes'"))
                    .isEqualTo("pgadmin");
            assertThat(world.ask("select pg_has_role('pgadmin', 'fabric_user', 'usage')"))
                    .isEqualTo("f");
            other.rollback();
        }

        Report done = world.apply(world.plan().build());

        assertThat(done.verdict()).as(done.text()).isEqualTo(Verdict.DONE);
    }

    @Test
    @Tag("G17")
    void apply_serverTakesOnlyEntraTokens_asksBeforePasswordsAreAllowed() {
        world.server.entraOnly();

        Report asked = world.mirror.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS);
        Report done =
                world.mirror.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS, ENABLE_PASSWORD_SIGN_IN);

        assertThat(asked.verdict()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(asked.changes()).isEmpty();
        assertThat(asked.actions())
                .extracting(p -> p.remedy().orElseThrow())
                .anySatisfy(r -> assertThat(r).contains("ENABLE_PASSWORD_SIGN_IN"));
        assertThat(done.verdict()).as(done.text()).isEqualTo(Verdict.DONE);
    }

    @Test
    @Tag("postgres")
    @Tag("G32")
    void apply_tableOfARoleTheAdministratorCannotActFor_isNamedBeforeAnythingChanges() {
        // Up to 15 CREATEROLE lets the administrator become any role that is no superuser.
        world.server.sql("orders", """
                reset role; create role stranger; create table theirs (id int primary key); alter table theirs owner to stranger;
                do $$ begin
                  if current_setting('server_version_num')::int < 160000 then alter role stranger superuser; end if;
                end $$
                """);

        Report report = world.apply(world.plan().build());

        Problem problem = report.step(StepKey.TABLES).problem().orElseThrow();
        assertThat(problem.code()).isEqualTo("OWNER_CHANGE_NOT_POSSIBLE");
        assertThat(problem.what()).contains("public.theirs belong to stranger");
        assertThat(problem.remedy().orElseThrow()).contains("GRANT \"stranger\" TO \"pgadmin\"");
        assertThat(report.changes()).isEmpty();
    }

    @Test
    @Tag("postgres")
    @Tag("G32")
    void apply_tableWithoutKey_getsAnIdentityFirstSoThatUpdatesGoOnWorking() {
        world.server.sql(
                "orders",
                "create table log (line text); insert into log values ('a');"
                        + " create table unq (code int not null unique, t text); insert into unq values (1, 'a')");

        Report asked = world.apply(world.plan().build());
        Report done =
                world.mirror.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS, SET_REPLICA_IDENTITY);

        assertThat(asked.changes()).isEmpty();
        assertThat(done.verdict()).as(done.text()).isEqualTo(Verdict.DONE);
        world.server.sql("orders", "update log set line = 'b'; update unq set t = 'b'; delete from unq");
        assertThat(world.ask("select relreplident from pg_class where relname = 'unq'"))
                .isEqualTo("i");
    }

    @Test
    @Tag("G62")
    void apply_threeDatabasesOfOneServer_shareOneRole_andEachIsKept() {
        for (String database : new String[] {"one", "two"}) {
            world.server.sql(database, "create table t (id int primary key); insert into t values (1)");
            Report report = world.apply(other(database));
            assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        }

        Report report = world.apply(world.plan().build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(report.step(StepKey.CREDENTIAL).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(world.ask("select current_setting('azure.mirror_databases')").split(","))
                .hasSize(3);
        assertThat(world.azure.calls(Call.SET_SECRET)).hasSize(1);
        assertThat(world.mirror.apply(other("one")).verdict()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
    }

    private MirrorPlan other(String database) {
        MirrorPlan orders = world.plan().build();
        return MirrorPlan.named(database)
                .server(orders.server())
                .database(database)
                .admin(orders.admin())
                .connection(orders.connection())
                .workspace(orders.workspace())
                .gateway(orders.gateway())
                .build();
    }
}
