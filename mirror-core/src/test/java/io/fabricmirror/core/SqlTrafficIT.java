package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.Consent;
import io.fabricmirror.Preview;
import io.fabricmirror.Report;
import io.fabricmirror.TableSelection;
import io.fabricmirror.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** How many statements a server gets, counted in its own log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SqlTrafficIT {
    private static final int TABLES = 10_000;

    private final World world = new World();
    private ServerLog log;

    @BeforeAll
    void prepare() {
        Report report = world.apply(world.plan().build());
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        log = new ServerLog(world.server);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @Order(1)
    @Tag("G43")
    void applyAgain_preparedServer_sendsAtMostSixStatementsAndNoWrite() {
        Report again = world.mirror.apply(world.plan().build());

        assertThat(again.verdict()).as(again.text()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        List<String> statements = log.statements();
        assertThat(statements).hasSizeBetween(3, 6).allSatisfy(SqlTrafficIT::readsOnly);
    }

    @Test
    @Order(2)
    void preview_newPlan_writesNothing() {
        log.forget();

        world.mirror.preview(
                world.plan().tables(TableSelection.schemas("sales")).build());

        assertThat(log.statements()).isNotEmpty().allSatisfy(SqlTrafficIT::readsOnly);
    }

    @Test
    @Order(3)
    void preview_tenThousandTablesWithTenColumnsEach_judgesThemInTwoStatements() {
        // A transaction holds a lock on each table it makes, and locks are few.
        for (int batch = 0; batch < TABLES; batch += 2000) {
            world.server.sql("orders", """
                    do $$ begin
                      for i in %d..%d loop
                        execute format('create table t%%s (a int %%s, b int, c int, d int, e int, f int, g int, h int, i int, j int)',
                                       i, case when mod(i, 100) = 0 then 'primary key' end);
                      end loop;
                    end $$
                    """.formatted(batch + 1, batch + 2000));
        }
        log.forget();

        Preview preview = world.mirror.preview(
                world.plan().tables(TableSelection.matching("public.t*")).build());

        assertThat(preview.tables()).hasSize(TABLES + 1);
        List<String> aboutTables = log.statements().stream()
                .filter(s -> (s.contains("pg_catalog.pg_class c") && s.contains("pg_attribute"))
                        || s.contains("get_all_tables_mirror_status()"))
                .toList();
        assertThat(aboutTables).hasSize(2);
        assertThat(log.statements()).hasSizeLessThanOrEqualTo(6);
        assertThat(preview.tables()).extracting(t -> t.code()).contains("NO_INDEX_FULL_IDENTITY");
    }

    private static void readsOnly(String statement) {
        assertThat(statement).matches("(?s)\\s*(select|show|with)\\b.*").doesNotContain("pg_create", "for update");
    }

    @Test
    @Order(4)
    @Tag("G55")
    void apply_tablesChangeTheirOwners_eachStatementWaitsForLocksOnlyForAWhile() {
        world.server.sql("orders", "create table sales.later (id int)");
        log.forget();

        world.mirror.apply(
                world.plan()
                        .tables(TableSelection.schemas("sales", "public").except("public.t*"))
                        .build(),
                Consent.values());

        List<String> statements = log.statements();
        int locking = 0;
        boolean limited = false;
        for (String statement : statements) {
            if (statement.startsWith("set local lock_timeout")) {
                limited = true;
            } else if (statement.equalsIgnoreCase("COMMIT")) {
                limited = false;
            } else if (statement.startsWith("alter table")) {
                locking++;
                assertThat(limited).as(statement).isTrue();
            }
        }
        assertThat(locking).isPositive();
    }
}
