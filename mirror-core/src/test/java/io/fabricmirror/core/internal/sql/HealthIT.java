package io.fabricmirror.core.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.SourceHealth;
import io.fabricmirror.SourceHealth.Finding;
import io.fabricmirror.SourceHealth.OpenTransaction;
import io.fabricmirror.SourceHealth.Severity;
import io.fabricmirror.SourceHealth.Slot;
import io.fabricmirror.SourceHealth.Usage;
import io.fabricmirror.core.internal.rules.HealthJudge;
import io.fabricmirror.core.internal.rules.Rules;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SourceDatabase.Login;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The condition of a source, read from a real server and judged by the thresholds. */
@Tag("postgres")
@Tag("G44")
class HealthIT {
    private static final long GIGABYTE = 1L << 30;
    private static final HealthReading WELL = new HealthReading(
            List.of(new Slot("mirror", "orders", true, 0, "reserved")),
            Optional.empty(),
            GIGABYTE,
            new Usage(3, 13),
            new Usage(1, 10),
            new Usage(1, 10),
            1000,
            false);

    private final HealthJudge judge = new HealthJudge(Rules.shipped());

    @Test
    void read_slotNobodyReadsAndOpenTransaction_areSeen() throws SQLException {
        try (LocalAzure azure = LocalAzure.start()) {
            LocalServer server = azure.server("pg-orders")
                    .parameter("wal_level", "logical")
                    .restart()
                    .sql(
                            "orders",
                            "reset role; select pg_create_logical_replication_slot('mirror', 'pgoutput');"
                                    + " create table t (x text); insert into t select repeat('x', 1000) from generate_series(1, 2000)");
            try (Connection admin = new JdbcSourceDatabase(azure.jdbcProperties())
                            .connect(new Login(
                                    server.fqdn(), "orders", server.adminLogin(), Secret.of(server.adminPassword())));
                    Connection other = server.connect("orders")) {
                other.setAutoCommit(false);
                Sql.execute(other, "select 1");

                HealthReading reading = HealthReading.read(admin);

                assertThat(reading.slots()).singleElement().satisfies(slot -> {
                    assertThat(slot.name()).isEqualTo("mirror");
                    assertThat(slot.active()).isFalse();
                    assertThat(slot.walHeldBytes()).isGreaterThan(1_000_000);
                });
                assertThat(reading.oldestTransaction().orElseThrow().user()).isEqualTo("azuresu");
                assertThat(reading.usedBytes()).isGreaterThan(10_000_000);
                assertThat(reading.workers().limit()).isEqualTo(8);
                assertThat(reading.workers().used()).isPositive().isLessThan(8);
                assertThat(reading.transactionIds()).isPositive();
                assertThat(reading.readOnly()).isFalse();
                assertThat(codes(judge.judge(reading, OptionalLong.empty()))).containsExactly("SLOT_NOT_READ");
            }
        }
    }

    @Test
    void judge_allIsWell_findsNothing() {
        assertThat(judge.judge(WELL, OptionalLong.of(32 * GIGABYTE)).findings()).isEmpty();
    }

    @Test
    void judge_muchWalForASlowReader_warnsWithTheRule() {
        SourceHealth health =
                judge.judge(slots(new Slot("mirror", "orders", true, 11 * GIGABYTE, "extended")), OptionalLong.empty());

        assertThat(health.walHeldBytes()).isEqualTo(11 * GIGABYTE);
        assertThat(health.findings()).singleElement().satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.WARNING);
            assertThat(f.problem().text()).contains("WAL_HELD", "11264 MB", "rule health.wal-held.megabytes");
        });
    }

    @Test
    void judge_slotLost_isCriticalAndComesFirst() {
        SourceHealth health = judge.judge(
                slots(new Slot("idle", "orders", false, 0, "reserved"), new Slot("mirror", "orders", false, 0, "lost")),
                OptionalLong.empty());

        assertThat(codes(health)).containsExactly("SLOT_LOST", "SLOT_NOT_READ");
    }

    @Test
    void judge_transactionOpenForHours_namesTheSessionToEnd() {
        HealthReading reading = new HealthReading(
                WELL.slots(),
                Optional.of(new OpenTransaction(4711, "app", "report", Duration.ofHours(3))),
                GIGABYTE,
                WELL.workers(),
                WELL.senders(),
                WELL.slotUsage(),
                1000,
                false);

        assertThat(judge.judge(reading, OptionalLong.empty()).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.problem().remedy().orElseThrow()).contains("pg_terminate_backend(4711)"));
    }

    @Test
    void judge_storage_warnsBeforeTheServerBecomesReadOnlyAndIsCriticalWhenItDoes() {
        assertThat(storage(85, 100)).containsExactly(Severity.WARNING);
        assertThat(storage(96, 100)).containsExactly(Severity.CRITICAL);
        assertThat(storage(28, 32)).containsExactly(Severity.CRITICAL); // less than 5 GB are left
        assertThat(storage(20, 32)).isEmpty();
    }

    @Test
    void judge_limitsReached_areNamed() {
        HealthReading reading = new HealthReading(
                WELL.slots(),
                Optional.empty(),
                GIGABYTE,
                new Usage(12, 13),
                new Usage(10, 10),
                new Usage(10, 10),
                1_500_000_000,
                true);

        assertThat(codes(judge.judge(reading, OptionalLong.empty())))
                .containsExactly(
                        "SOURCE_READ_ONLY", "WORKERS_SHORT", "LIMIT_REACHED", "LIMIT_REACHED", "TRANSACTION_IDS_SHORT");
    }

    private List<Severity> storage(int used, int all) {
        HealthReading reading = new HealthReading(
                WELL.slots(),
                Optional.empty(),
                used * GIGABYTE,
                WELL.workers(),
                WELL.senders(),
                WELL.slotUsage(),
                1000,
                false);
        return judge.judge(reading, OptionalLong.of(all * GIGABYTE)).findings().stream()
                .map(Finding::severity)
                .toList();
    }

    private static HealthReading slots(Slot... slots) {
        return new HealthReading(
                List.of(slots),
                Optional.empty(),
                GIGABYTE,
                WELL.workers(),
                WELL.senders(),
                WELL.slotUsage(),
                1000,
                false);
    }

    private static List<String> codes(SourceHealth health) {
        return health.findings().stream().map(f -> f.problem().code()).toList();
    }
}
