package io.fabricmirror.testkit.internal.mirror;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** The logical stream of one slot. */
final class Stream implements AutoCloseable {
    private final PGReplicationStream stream;

    Stream(Connection replication, String slot, String publication) throws SQLException {
        stream = replication
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withSlotOption("proto_version", "1")
                .withSlotOption("publication_names", TableRef.quoted(publication))
                .withStatusInterval(1, TimeUnit.SECONDS)
                .start();
    }

    /** Applies everything that is there, confirms it, and returns how far the stream is read. */
    long drain(Applier applier, BooleanSupplier stopping) throws SQLException {
        ByteBuffer message = stream.readPending();
        boolean some = message != null;
        while (message != null && !stopping.getAsBoolean()) {
            applier.apply(PgOutput.decode(message));
            message = stream.readPending();
        }

        LogSequenceNumber received = stream.getLastReceiveLSN();
        stream.setAppliedLSN(received);
        stream.setFlushedLSN(received);
        if (some) {
            stream.forceUpdateStatus();
        }
        return received.asLong();
    }

    @Override
    public void close() throws SQLException {
        stream.close();
    }
}
