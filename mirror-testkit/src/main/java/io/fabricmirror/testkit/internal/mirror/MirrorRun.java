package io.fabricmirror.testkit.internal.mirror;

import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.internal.time.RealTime;
import io.fabricmirror.testkit.internal.time.Waiting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a mirror, from its start to its stop: looks at the source with the connection's login, reads a snapshot,
 * then follows the logical stream. It does so in real time, on a thread of its own. Thread-safe.
 */
public final class MirrorRun {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorRun.class);
    private static final Duration TRY_AGAIN = Duration.ofMillis(100);
    private static final long BACK_SOON = Duration.ofSeconds(2).toNanos();
    private static final long LOOK_FOR_NEW_TABLES = Duration.ofMillis(100).toNanos();

    private enum Phase {
        CHECKING,
        WITHOUT_PERMISSION,
        SNAPSHOT,
        STREAMING,
        AWAY,
        ENDED
    }

    private final SourceLogin login;
    private final Pacer time;
    private final BooleanSupplier mayWrite;
    private final String publication;
    private final Tracking tracking;
    private final Seeding seeding;
    private final Applier applier;
    private final Thread thread;
    private final RowFile rows;
    private final Map<TableRef, TableCopy> tables = new TreeMap<>();
    private Optional<List<TableRef>> mounted;
    private Optional<Failure> failure = Optional.empty();
    private Optional<Failure> trouble = Optional.empty();
    private volatile Phase phase = Phase.CHECKING;
    private volatile boolean seeded;
    private volatile boolean stopping;
    private volatile boolean mountChanged;
    private volatile boolean adjusting;
    private volatile long appliedLsn;
    private volatile long lookedLsn;
    private volatile long brokeAt;

    /**
     * Prepares a run.
     *
     * @param mirrorId the mirrored database
     * @param login the connection's login
     * @param mounted the tables wanted; empty to follow all
     * @param mayWrite whether the server's identity may write into the workspace right now
     * @param time stamps what arrives
     */
    public MirrorRun(
            String mirrorId,
            SourceLogin login,
            Optional<List<TableRef>> mounted,
            BooleanSupplier mayWrite,
            Pacer time) {
        this.login = login;
        this.mounted = mounted;
        this.mayWrite = mayWrite;
        this.time = time;
        this.publication = "fabric_mirror_" + mirrorId.replace("-", "");
        this.tracking = new Tracking(login.server(), login.database(), publication);
        this.seeding = new Seeding(login, publication, time, () -> stopping);
        this.applier = new Applier(this::table, cause -> quietly(() -> tracking.error("T", cause)), time);
        this.rows = new RowFile(login.server().cluster().scratch("onelake"));
        this.thread = new Thread(this::run, "local-fabric-mirror");
        thread.setDaemon(true);
    }

    /** Starts the run. */
    public void start() {
        thread.start();
    }

    /** Tells whether login and preparations of the source were looked at. */
    public boolean decided() {
        return phase != Phase.CHECKING;
    }

    /** Tells whether it got as far as to copy; a later failure then leaves the mirror running. */
    public boolean seeded() {
        return seeded;
    }

    /** Returns what ended the run. */
    public synchronized Optional<Failure> failure() {
        return failure;
    }

    private synchronized void failure(Optional<Failure> cause) {
        failure = cause;
    }

    /** Returns what hinders the run for now; it goes on trying. */
    public synchronized Optional<Failure> trouble() {
        return trouble;
    }

    private synchronized void trouble(Optional<Failure> cause) {
        trouble = cause;
    }

    /** Returns the tables, by schema and name. */
    public synchronized List<TableCopy> tables() {
        return List.copyOf(tables.values());
    }

    private synchronized Optional<TableCopy> table(TableRef table) {
        return Optional.ofNullable(tables.get(table));
    }

    /** Changes which tables are wanted, while it runs. */
    public synchronized void mount(Optional<List<TableRef>> wanted) {
        mounted = wanted;
        mountChanged = true;
    }

    /** Tells whether there is real work to wait for. */
    public boolean busy() {
        return switch (phase) {
            case CHECKING, SNAPSHOT -> true;
            // In the order in which one leads to the next, so that nothing slips through between two questions.
            case STREAMING -> behind() || newTablesMayBe() || mountChanged || adjusting;
            case AWAY -> RealTime.nanos() - brokeAt < BACK_SOON;
            case WITHOUT_PERMISSION -> mayWrite.getAsBoolean();
            case ENDED -> false;
        };
    }

    private boolean behind() {
        try (Connection connection = login.server().cluster().superuser(login.database());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_current_wal_flush_lsn() - '0/0'::pg_lsn")) {
            rows.next();
            return Long.compareUnsigned(appliedLsn, rows.getLong(1)) < 0;
        } catch (SQLException away) {
            return false;
        }
    }

    /** Stops: the slot goes, so that the source holds no log back; what was copied stays. */
    public void stop() {
        awaitEnd();
        quietly(tracking::dropSlot);
        quietly(tracking::stopped);
    }

    /** Ends everything at the source, and forgets what was copied. */
    public void remove() {
        stop();
        quietly(tracking::dropPublication);
        rows.close();
    }

    /** Ends the thread, forgets what was copied, and leaves the source as it is. */
    public void end() {
        awaitEnd();
        rows.close();
    }

    private void awaitEnd() {
        stopping = true;
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            check();
            while (!stopping && failure().isEmpty()) {
                awaitPermission();
                replicateUntilItBreaks();
            }
        } catch (SQLException e) {
            LOG.debug("The mirror ended", e);
            failure(Optional.of(SourceErrors.explain(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            phase = Phase.ENDED;
        }
    }

    private void check() throws SQLException {
        try (Source source = new Source(login)) {
            failure(source.obstacle(publication));
            if (failure().isEmpty()) {
                choose(source);
            }
        }
    }

    /** Brings the list of tables to what is wanted now; returns those that are new. */
    private synchronized List<TableCopy> choose(Source source) throws SQLException {
        mountChanged = false;
        Map<TableRef, Optional<Failure>> wanted = source.tables(mounted);
        List<TableCopy> fresh = new ArrayList<>();
        tables.keySet().retainAll(wanted.keySet());
        wanted.forEach((table, obstacle) -> {
            if (!tables.containsKey(table)) {
                TableCopy copy = new TableCopy(table, rows, time.now());
                obstacle.ifPresent(copy::fail);
                tables.put(table, copy);
                fresh.add(copy);
            }
        });
        return fresh;
    }

    private void awaitPermission() throws InterruptedException {
        if (mayWrite.getAsBoolean()) {
            return;
        }

        tables().forEach(copy -> copy.fail(Failure.NO_ONELAKE_PERMISSION));
        quietly(() -> tracking.error("S", Failure.NO_ONELAKE_PERMISSION));
        phase = Phase.WITHOUT_PERMISSION;
        while (!stopping && !mayWrite.getAsBoolean()) {
            Waiting.slice();
        }
        tables().forEach(copy -> copy.unfail(Failure.NO_ONELAKE_PERMISSION));
    }

    private void replicateUntilItBreaks() throws SQLException, InterruptedException {
        if (stopping) {
            return;
        }

        try (Connection replication = login.openReplication()) {
            trouble(Optional.empty());
            if (!seeded || !tracking.slotExists()) {
                seed(replication);
            }
            try (Stream stream = new Stream(replication, publication, publication)) {
                phase = Phase.STREAMING;
                follow(stream);
            }
        } catch (SQLException e) {
            if (!seeded || !SourceErrors.passes(e)) {
                throw e;
            }
            LOG.debug("The stream broke and is taken up again", e);
            if (phase != Phase.AWAY) {
                brokeAt = RealTime.nanos();
                phase = Phase.AWAY;
            }
            // A restarted server comes back, and a connection that gets its new password heals the mirror.
            trouble(Optional.of(SourceErrors.explain(e)));
            Waiting.real(TRY_AGAIN);
        }
    }

    private void seed(Connection replication) throws SQLException {
        phase = Phase.SNAPSHOT;
        tracking.dropSlot();
        tracking.dropPublication();
        try (Source source = new Source(login)) {
            synchronized (this) {
                tables.clear();
            }
            choose(source);
            tracking.started(tables());
            seeding.seed(source, replication, tables());
        }
        tracking.snapshotDone();
        seeded = true;
    }

    private void follow(Stream stream) throws SQLException, InterruptedException {
        long looked = RealTime.nanos();
        try (Source source = new Source(login)) {
            while (!stopping && mayWrite.getAsBoolean()) {
                appliedLsn = stream.drain(applier, () -> stopping);
                if (mountChanged || (newTablesMayBe() && RealTime.nanos() - looked > LOOK_FOR_NEW_TABLES)) {
                    adjustTables(source, appliedLsn);
                    looked = RealTime.nanos();
                }
                Waiting.slice();
            }
        }
    }

    // A new table leaves its trace in the log; a log that did not grow has none.
    private boolean newTablesMayBe() {
        return appliedLsn != lookedLsn && followsAll();
    }

    private synchronized boolean followsAll() {
        return mounted.isEmpty();
    }

    private void adjustTables(Source source, long lsn) throws SQLException {
        adjusting = true;
        Set<TableRef> before = new TreeSet<>();
        tables().stream().filter(copy -> !copy.failed()).forEach(copy -> before.add(copy.table()));
        List<TableCopy> fresh = choose(source);
        tables().forEach(copy -> before.remove(copy.table()));
        seeding.remove(source, before);
        seeding.add(source, fresh);
        lookedLsn = lsn;
        adjusting = false;
    }

    private interface SqlAction {
        void run() throws SQLException;
    }

    private static void quietly(SqlAction action) {
        try {
            action.run();
        } catch (SQLException e) {
            LOG.debug("The source could not be cleaned up", e);
        }
    }
}
