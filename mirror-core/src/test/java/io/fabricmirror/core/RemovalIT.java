package io.fabricmirror.core;

import static io.fabricmirror.Consent.DELETE_MIRRORED_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.Consent;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Outcome;
import io.fabricmirror.Preview;
import io.fabricmirror.RemovalPlan;
import io.fabricmirror.Report;
import io.fabricmirror.StepKey;
import io.fabricmirror.Verdict;
import io.fabricmirror.testkit.Call;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A mirror that replicates, and its end. */
@Tag("postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemovalIT {
    private final World world = new World();
    private final MirrorPlan plan = world.plan().build();
    private final MirrorPlan returns = MirrorPlan.named("returns")
            .server(plan.server())
            .database("returns")
            .admin(plan.admin())
            .connection(plan.connection())
            .workspace(plan.workspace())
            .gateway(plan.gateway())
            .build();

    @BeforeEach
    void bringBack() throws InterruptedException {
        world.azure.faults().clear();
        // Fabric holds the name of a deleted item for some minutes.
        world.azure.pacer().pause(Duration.ofMinutes(6));
        world.mirror.apply(plan, Consent.values()).orThrow();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @Tag("G20")
    @Tag("G45")
    void removal_everything_leavesServerAndWorkspaceAsTheyWere() {
        RemovalPlan removal = plan.removal().everything().build();

        Preview preview = world.mirror.preview(removal);
        Report asked = world.mirror.apply(removal);
        Report report = world.mirror.apply(removal, DELETE_MIRRORED_DATA);
        Report again = world.mirror.apply(removal);

        assertThat(preview.missingConsents()).containsExactly(DELETE_MIRRORED_DATA);
        assertThat(preview.step(StepKey.MIRROR).detail()).contains("deleted with its copy in OneLake");
        assertThat(asked.changes()).isEmpty();
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(world.azure.workspace("Sales").mirrors()).isEmpty();
        assertThat(world.ask(
                        "select (select count(*) from pg_replication_slots) + (select count(*) from pg_publication)"))
                .isEqualTo("0");
        assertThat(world.ask("select count(*) from pg_roles where rolname = 'fabric_user'"))
                .isEqualTo("0");
        assertThat(
                        world.ask(
                                "select string_agg(distinct tableowner, ',') from pg_tables where schemaname in ('public', 'sales')"))
                .isEqualTo("pgadmin");
        assertThat(world.ask("select current_setting('azure.mirror_databases')"))
                .isEmpty();
        assertThat(world.ask("show wal_level")).isEqualTo("logical");
        assertThat(world.azure
                        .workspace("Sales")
                        .roleOf(world.server.principalId().orElseThrow()))
                .isEmpty();
        assertThat(again.verdict()).as(again.text()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
    }

    @Test
    @Tag("G20")
    @Tag("G45")
    void removal_anotherMirrorSharesRoleServerAndWorkspace_keepsWhatItNeeds() {
        world.server.sql("returns", "create table if not exists t (id int primary key)");
        world.mirror.apply(returns, Consent.values()).orThrow();
        try {
            Report report = world.mirror.apply(
                    plan.removal()
                            .connection()
                            .restoreOwners()
                            .parameters()
                            .workspaceRole()
                            .build(),
                    DELETE_MIRRORED_DATA);
            world.server.sql("orders", "reset role; alter table notes owner to fabric_user");
            Report owned = world.mirror.apply(plan.removal().role().build());
            world.server.sql("orders", "reset role; alter table notes owner to pgadmin");
            Report role = world.mirror.apply(plan.removal().role().build());

            assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
            assertThat(report.step(StepKey.WORKSPACE_ROLE).outcome()).isEqualTo(Outcome.SATISFIED);
            assertThat(report.step(StepKey.WORKSPACE_ROLE).detail()).contains("needed by \"returns\"");
            assertThat(world.ask("select current_setting('azure.mirror_databases')"))
                    .isEqualTo("returns");
            assertThat(role.verdict()).as(role.text()).isEqualTo(Verdict.DONE);
            assertThat(role.step(StepKey.ROLE).detail())
                    .contains("fabric_user stays", "database returns", "connection \"pg-orders;returns fabric_user\"");
            assertThat(owned.step(StepKey.ROLE).problem().orElseThrow().code()).isEqualTo("ROLE_OWNS_OBJECTS");
            assertThat(owned.changes()).isEmpty();
            assertThat(world.azure.workspace("Sales").mirror("returns").status())
                    .isEqualTo("Running");
            assertThat(world.mirror.apply(returns).verdict()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        } finally {
            world.mirror.apply(plan, Consent.values());
            world.mirror.apply(returns.removal().everything().build(), DELETE_MIRRORED_DATA);
        }
    }

    @Test
    @Tag("G45")
    void removal_answerOfTheDeletionLost_isFinishedAllTheSame() {
        world.azure.faults().on(Call.DELETE_MIRRORED_DATABASE).first().doneButAnswerLost();

        Report report = world.mirror.apply(plan.removal().build(), DELETE_MIRRORED_DATA);

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(world.azure.workspace("Sales").mirrors()).isEmpty();
    }

    @Test
    @Tag("G45")
    void removal_orphanedSlotAndPublication_areRemovedOnlyWhenNobodyReadsThem() {
        world.mirror.apply(plan.removal().build(), DELETE_MIRRORED_DATA).orThrow();
        orphan();

        Preview preview = world.mirror.preview(plan.removal().build());
        Report report = world.mirror.apply(plan.removal().build());

        assertThat(preview.step(StepKey.RELEASED).changes())
                .extracting(Object::toString)
                .containsExactly("publication orphan: with slot orphan -> removed");
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(world.ask(
                        "select (select count(*) from pg_replication_slots) + (select count(*) from pg_publication)"))
                .isEqualTo("0");
        world.server.sql("orders", "reset role; delete from azure_cdc.internal_publications");
    }

    @Test
    @Tag("G45")
    void sweep_mirrorThere_leavesWhatItUses() {
        Report report = world.mirror.apply(plan.sweep());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        assertThat(world.azure.workspace("Sales").mirror("orders").status()).isEqualTo("Running");
    }

    @Test
    @Tag("G45")
    void sweep_mirrorGone_removesSlotPublicationConnectionAndOverdueOpenings() {
        world.mirror.apply(plan.removal().build(), DELETE_MIRRORED_DATA).orThrow();
        orphan();
        world.server.firewallRule(
                "fabric-mirror-198-51-100-7-until-20200101T000000Z-00000000", "198.51.100.7", "198.51.100.7");

        Preview preview = world.mirror.preview(plan.sweep());
        Report report = world.mirror.apply(plan.sweep());

        assertThat(preview.missingConsents()).isEmpty();
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(report.changes())
                .extracting(c -> c.what())
                .contains("publication orphan", "connection \"pg-orders;orders fabric_user\"");
        assertThat(world.ask("select count(*) from pg_replication_slots")).isEqualTo("0");
        assertThat(world.server.firewallRules()).containsOnlyKeys("AllowAzureServices");
        assertThat(world.mirror.apply(plan.sweep()).verdict()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        world.server.sql("orders", "reset role; delete from azure_cdc.internal_publications");
    }

    /** What a mirror leaves at its source whose workspace was deleted while it ran. */
    private void orphan() {
        world.server.sql("orders", """
                reset role;
                select pg_create_logical_replication_slot('orphan', 'pgoutput');
                create publication orphan; alter publication orphan owner to fabric_user;
                insert into azure_cdc.internal_publications (publication_name, slot_name, destination_path)
                values ('orphan', 'orphan', 'onelake')
                """);
    }

    @Test
    @Tag("G45")
    void removal_itemOfThatNameReadsAnotherSource_isNotTouched() {
        MirrorPlan wrong = world.plan().database("returns").build();
        world.server.sql("returns", "create table if not exists t (id int primary key)");

        Report report = world.mirror.apply(wrong.removal().build(), DELETE_MIRRORED_DATA);

        assertThat(report.step(StepKey.MIRROR).detail()).contains("it is not touched");
        assertThat(world.azure.workspace("Sales").mirrors()).contains("orders");
        assertThat(report.changes()).isEmpty();
    }
}
