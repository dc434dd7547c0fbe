package io.fabricmirror.testkit.internal.mirror;

import io.fabricmirror.spi.Pacer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies the stream to the copies, each change once: a stream that broke is sent again from the last confirmed commit,
 * so the applier remembers how far it came, also inside a transaction.
 */
final class Applier {
    private static final Failure TRUNCATED = new Failure(
            "CDC_ERR_TABLE_TRUNCATE_NOT_SUPPORTED",
            "TRUNCATE is not supported on a mirrored table; stop and start mirroring to copy it again.");

    private final Function<TableRef, Optional<TableCopy>> copies;
    private final Consumer<Failure> report;
    private final Pacer time;
    private final Map<Integer, TableRef> relations = new HashMap<>();
    private long lastCommit;
    private long currentCommit;
    private long applied;
    private long seen;

    Applier(Function<TableRef, Optional<TableCopy>> copies, Consumer<Failure> report, Pacer time) {
        this.copies = copies;
        this.report = report;
        this.time = time;
    }

    void apply(Change change) {
        if (change instanceof Change.Begin begin) {
            begin(begin.commitLsn());
        } else if (change instanceof Change.Commit commit) {
            lastCommit = commit.commitLsn();
        } else if (change instanceof Change.Relation relation) {
            relations.put(relation.oid(), relation.table());
            copies.apply(relation.table()).ifPresent(copy -> copy.columns(relation.columns()));
        } else if (!(change instanceof Change.Other) && isNews()) {
            applyRow(change);
        }
    }

    private void begin(long commitLsn) {
        if (commitLsn != currentCommit) {
            applied = 0;
        }
        currentCommit = commitLsn;
        seen = 0;
    }

    private boolean isNews() {
        seen++;
        if (Long.compareUnsigned(currentCommit, lastCommit) <= 0 || seen <= applied) {
            return false;
        }

        applied = seen;
        return true;
    }

    private void applyRow(Change change) {
        if (change instanceof Change.Insert insert) {
            withCopy(insert.oid(), copy -> copy.insert(insert.row(), time.now()));
        } else if (change instanceof Change.Update update) {
            withCopy(
                    update.oid(),
                    copy -> copy.update(Optional.ofNullable(update.before()), update.after(), time.now()));
        } else if (change instanceof Change.Delete delete) {
            withCopy(delete.oid(), copy -> copy.delete(delete.before(), time.now()));
        } else if (change instanceof Change.Truncate truncate) {
            truncate.oids()
                    .forEach(oid -> withCopy(oid, copy -> {
                        copy.fail(TRUNCATED);
                        report.accept(TRUNCATED);
                    }));
        } else {
            throw new IllegalStateException("No rule for " + change.getClass().getSimpleName());
        }
    }

    private void withCopy(int oid, Consumer<TableCopy> action) {
        @Nullable TableRef table = relations.get(oid);
        if (table != null) {
            copies.apply(table).filter(copy -> copy.wants(currentCommit)).ifPresent(action);
        }
    }
}
