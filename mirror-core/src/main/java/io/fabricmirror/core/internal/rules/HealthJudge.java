package io.fabricmirror.core.internal.rules;

import io.fabricmirror.Problem;
import io.fabricmirror.SourceHealth;
import io.fabricmirror.SourceHealth.Finding;
import io.fabricmirror.SourceHealth.OpenTransaction;
import io.fabricmirror.SourceHealth.Severity;
import io.fabricmirror.SourceHealth.Slot;
import io.fabricmirror.SourceHealth.Usage;
import io.fabricmirror.core.internal.sql.HealthReading;
import io.fabricmirror.core.internal.sql.Sql;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Judges the condition of a source by the dated thresholds. */
public final class HealthJudge {
    private static final long MEGABYTE = 1L << 20;
    private static final long GIGABYTE = 1L << 30;
    private static final long TRANSACTION_IDS = 1L << 31;

    private final Rules rules;

    /**
     * Prepares to judge.
     *
     * @param rules the thresholds
     */
    public HealthJudge(Rules rules) {
        this.rules = rules;
    }

    /**
     * Judges.
     *
     * @param reading what the server says
     * @param storageBytes the size of its storage in bytes, if it is known
     * @return its condition
     */
    public SourceHealth judge(HealthReading reading, OptionalLong storageBytes) {
        List<Finding> findings = new ArrayList<>();
        reading.slots().forEach(slot -> slot(findings, slot));
        reading.oldestTransaction().ifPresent(open -> transaction(findings, open));
        storageBytes.ifPresent(all -> storage(findings, reading.usedBytes(), all));
        workers(findings, reading.workers());
        limit(findings, "senders", "max_wal_senders", reading.senders());
        limit(findings, "slots", "max_replication_slots", reading.slotUsage());
        transactionIds(findings, reading.transactionIds());
        if (reading.readOnly()) {
            findings.add(new Finding(
                    Severity.CRITICAL,
                    Problem.of("SOURCE_READ_ONLY", "the server takes no writes")
                            .cause("Azure makes a server read-only when its storage is nearly full; or it is a replica")
                            .remedy("add storage, or remove what fills it")));
        }
        findings.sort(Comparator.comparing(Finding::severity).reversed());
        return new SourceHealth(
                reading.slots(),
                reading.oldestTransaction(),
                reading.usedBytes(),
                storageBytes,
                reading.workers(),
                findings);
    }

    private void slot(List<Finding> findings, Slot slot) {
        String drop = "SELECT pg_drop_replication_slot(" + Sql.literal(slot.name()) + ")";
        if (slot.walStatus().equals("lost")) {
            findings.add(new Finding(
                    Severity.CRITICAL,
                    Problem.of("SLOT_LOST", "slot " + slot.name() + " lost WAL that was not read yet")
                            .cause("the server ran over its limit for kept WAL")
                            .remedy("stop and start the mirror, which copies every table anew")));
            return;
        }

        String held = slot.walHeldBytes() / MEGABYTE + " MB";
        boolean tooMuch = slot.walHeldBytes() >= rules.maximum("health.wal-held.megabytes") * MEGABYTE;
        if (!slot.active()) {
            findings.add(new Finding(
                    tooMuch ? Severity.CRITICAL : Severity.WARNING,
                    Problem.of(
                                    "SLOT_NOT_READ",
                                    "nobody reads slot " + slot.name() + ", which keeps " + held + " of WAL")
                            .seen("database " + slot.database() + ", WAL " + slot.walStatus())
                            .cause("its reader stopped, or is gone for good")
                            .remedy("start what reads it; only if that is gone for good: " + drop)));
        } else if (tooMuch) {
            findings.add(new Finding(
                    Severity.WARNING,
                    Problem.of("WAL_HELD", "slot " + slot.name() + " keeps " + held + " of WAL")
                            .seen(rules.source("health.wal-held.megabytes"))
                            .cause("its reader is slow, or a long transaction holds it back")
                            .remedy(
                                    "look at the oldest transaction and at the mirror's state; stop the mirror before storage"
                                            + " runs out")));
        }
    }

    private void transaction(List<Finding> findings, OpenTransaction open) {
        if (open.age().toMinutes() >= rules.maximum("health.oldest-transaction.minutes")) {
            findings.add(new Finding(
                    Severity.WARNING,
                    Problem.of("TRANSACTION_OLD", "a transaction has been open for " + open.age())
                            .seen("session " + open.pid() + " of " + open.user() + ", " + open.application() + "; "
                                    + rules.source("health.oldest-transaction.minutes"))
                            .cause("WAL since its begin is kept, and its rows arrive only after its end")
                            .remedy("end it: SELECT pg_terminate_backend(" + open.pid() + ")")));
        }
    }

    private void storage(List<Finding> findings, long used, long all) {
        long percent = used * 100 / Math.max(all, 1);
        boolean critical = percent >= rules.maximum("health.storage.read-only-percent")
                || all - used < rules.minimum("health.storage.free-gigabytes") * GIGABYTE;
        if (critical || percent >= rules.maximum("health.storage.percent")) {
            findings.add(new Finding(
                    critical ? Severity.CRITICAL : Severity.WARNING,
                    Problem.of(
                                    "STORAGE_LOW",
                                    String.format(
                                            Locale.ROOT,
                                            "%d %% of the storage is used, %.1f GB are free",
                                            percent,
                                            (all - used) / (double) GIGABYTE))
                            .seen(rules.source("health.storage.read-only-percent"))
                            .cause(
                                    "Azure makes the server read-only when it is nearly full, and drops slots that nobody reads")
                            .remedy("add storage (it cannot be taken away again), or let storage grow by itself")));
        }
    }

    private void workers(List<Finding> findings, Usage workers) {
        int free = workers.limit() - workers.used();
        if (free < rules.minimum("health.free-workers")) {
            findings.add(new Finding(
                    Severity.WARNING,
                    Problem.of("WORKERS_SHORT", free + " of " + workers.limit() + " worker processes are free")
                            .seen(rules.source("health.free-workers"))
                            .remedy("raise max_worker_processes; that takes a restart")));
        }
    }

    private static void limit(List<Finding> findings, String what, String parameter, Usage usage) {
        if (usage.used() >= usage.limit()) {
            findings.add(new Finding(
                    Severity.WARNING,
                    Problem.of("LIMIT_REACHED", "all " + usage.limit() + " " + what + " are in use")
                            .remedy("raise " + parameter + "; that takes a restart")));
        }
    }

    private void transactionIds(List<Finding> findings, long used) {
        long percent = used * 100 / TRANSACTION_IDS;
        if (percent >= rules.maximum("health.transaction-ids.percent")) {
            findings.add(new Finding(
                    Severity.WARNING,
                    Problem.of("TRANSACTION_IDS_SHORT", percent + " % of the transaction ids are used")
                            .seen(rules.source("health.transaction-ids.percent"))
                            .cause("a slot or a long transaction keeps old rows from being frozen")
                            .remedy("end what holds them, then VACUUM FREEZE the oldest tables")));
        }
    }
}
