package io.fabricmirror.testkit.internal.mirror;

import io.fabricmirror.spi.Pacer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.postgresql.replication.ReplicationSlotInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes tables at the source and reads their first copy, all as one moment of the source shows them. */
final class Seeding {
    private static final Logger LOG = LoggerFactory.getLogger(Seeding.class);

    private final SourceLogin login;
    private final String publication;
    private final Pacer time;
    private final BooleanSupplier stopping;

    Seeding(SourceLogin login, String publication, Pacer time, BooleanSupplier stopping) {
        this.login = login;
        this.publication = publication;
        this.time = time;
        this.stopping = stopping;
    }

    /** Reads all tables in the view that the mirror's own new slot exports. */
    void seed(Source source, Connection replication, Collection<TableCopy> copies) throws SQLException {
        source.execute("create publication " + TableRef.quoted(publication));
        List<TableCopy> published = publish(source, copies);
        read(slot(replication, publication, Lifetime.LASTING), published);
    }

    /** Reads tables that came later, in the view of a slot that lives only for that. */
    void add(Source source, Collection<TableCopy> copies) throws SQLException {
        List<TableCopy> published = publish(source, copies);
        if (!published.isEmpty()) {
            try (Connection replication = login.openReplication()) {
                read(slot(replication, publication + "_add", Lifetime.TEMPORARY), published);
            }
        }
    }

    /** Takes tables out of the publication; one that was dropped is out already. */
    void remove(Source source, Collection<TableRef> tables) {
        for (TableRef table : tables) {
            try {
                source.execute("alter publication " + TableRef.quoted(publication) + " drop table " + table.sql());
            } catch (SQLException e) {
                LOG.debug("{} was not in the publication", table, e);
            }
        }
    }

    /** Puts tables into the publication; one that cannot be put there fails alone. */
    private List<TableCopy> publish(Source source, Collection<TableCopy> copies) {
        List<TableCopy> published = new ArrayList<>();
        for (TableCopy copy : copies) {
            try {
                if (!copy.failed()) {
                    source.replicaIdentity(copy.table());
                    source.execute("alter publication " + TableRef.quoted(publication) + " add table "
                            + copy.table().sql());
                    published.add(copy);
                }
            } catch (SQLException e) {
                copy.fail(SourceErrors.explain(e));
            }
        }
        return published;
    }

    private void read(ReplicationSlotInfo slot, List<TableCopy> copies) throws SQLException {
        try (Snapshot snapshot = new Snapshot(
                login, slot.getSnapshotName(), slot.getConsistentPoint().asLong())) {
            for (TableCopy copy : copies) {
                if (!stopping.getAsBoolean()) {
                    snapshot.read(copy, stopping, time::now);
                }
            }
        }
    }

    private enum Lifetime {
        LASTING,
        TEMPORARY
    }

    // The exported view lives until the next command on the same session, which therefore waits for the reading.
    private static ReplicationSlotInfo slot(Connection replication, String name, Lifetime lifetime)
            throws SQLException {
        var slot = replication
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .createReplicationSlot()
                .logical()
                .withSlotName(name)
                .withOutputPlugin("pgoutput");
        if (lifetime == Lifetime.TEMPORARY) {
            slot.withTemporaryOption();
        }
        return slot.make();
    }
}
