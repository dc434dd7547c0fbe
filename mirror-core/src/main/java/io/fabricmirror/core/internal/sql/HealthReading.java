package io.fabricmirror.core.internal.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabricmirror.SourceHealth.OpenTransaction;
import io.fabricmirror.SourceHealth.Slot;
import io.fabricmirror.SourceHealth.Usage;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of its condition, read in one round trip.
 *
 * @param slots its replication slots
 * @param oldestTransaction the client's transaction that has been open longest, if any is
 * @param usedBytes databases and WAL, in bytes
 * @param workers background workers
 * @param senders WAL senders
 * @param slotUsage replication slots
 * @param transactionIds transaction ids used since the oldest was frozen
 * @param readOnly whether it takes no writes
 */
public record HealthReading(
        List<Slot> slots,
        Optional<OpenTransaction> oldestTransaction,
        long usedBytes,
        Usage workers,
        Usage senders,
        Usage slotUsage,
        long transactionIds,
        boolean readOnly) {
    private static final ObjectMapper JSON = new ObjectMapper();

    // Everything in a pg_stat_activity that is neither a client's nor the server's own counts against
    // max_worker_processes.
    private static final String READ = """
            select jsonb_build_object(
              'slots', (select coalesce(jsonb_agg(jsonb_build_object(
                   'name', s.slot_name, 'database', coalesce(s.database, ''), 'active', s.active,
                   'held', greatest(coalesce(pg_catalog.pg_wal_lsn_diff(
                       case when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()
                            else pg_catalog.pg_current_wal_lsn() end, s.restart_lsn), 0), 0)::bigint,
                   'status', coalesce(s.wal_status, '')) order by s.slot_name), '[]') from pg_catalog.pg_replication_slots s),
              'transaction', (select jsonb_build_object('pid', a.pid, 'user', coalesce(a.usename, ''),
                   'application', coalesce(a.application_name, ''),
                   'seconds', extract(epoch from clock_timestamp() - a.xact_start)::bigint)
                   from pg_catalog.pg_stat_activity a
                  where a.xact_start is not null and a.backend_type = 'client backend' and a.pid <> pg_catalog.pg_backend_pid()
                  order by a.xact_start limit 1),
              'databases', (select coalesce(sum(pg_catalog.pg_database_size(d.oid)), 0)::bigint from pg_catalog.pg_database d
                  where pg_catalog.has_database_privilege(d.oid, 'CONNECT')
                     or pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')),
              'wal', case when pg_catalog.has_function_privilege('pg_catalog.pg_ls_waldir()', 'EXECUTE')
                          then (select coalesce(sum(size), 0)::bigint from pg_catalog.pg_ls_waldir()) else 0 end,
              'workers', (select count(*) from pg_catalog.pg_stat_activity a where a.backend_type not in
                  ('client backend', 'walsender', 'walreceiver', 'autovacuum launcher', 'autovacuum worker', 'checkpointer',
                   'background writer', 'walwriter', 'walsummarizer', 'archiver', 'startup', 'logger', 'stats collector',
                   'slotsync worker', 'io worker', 'standalone backend')),
              'maxWorkers', current_setting('max_worker_processes')::int,
              'senders', (select count(*) from pg_catalog.pg_stat_activity a where a.backend_type = 'walsender'),
              'maxSenders', current_setting('max_wal_senders')::int,
              'maxSlots', current_setting('max_replication_slots')::int,
              'ids', (select max(pg_catalog.age(d.datfrozenxid)) from pg_catalog.pg_database d),
              'readOnly', current_setting('default_transaction_read_only') = 'on' or pg_catalog.pg_is_in_recovery())::text
            """;

    /**
     * Reads the condition.
     *
     * @param connection a connection as the administrator, who may read statistics
     * @return what the server says
     */
    public static HealthReading read(Connection connection) {
        JsonNode read =
                parsed(Sql.query(connection, READ, row -> row.getString(1)).get(0));
        List<Slot> slots = new ArrayList<>();
        read.path("slots")
                .forEach(s -> slots.add(new Slot(
                        s.path("name").asText(),
                        s.path("database").asText(),
                        s.path("active").asBoolean(),
                        s.path("held").asLong(),
                        s.path("status").asText())));
        JsonNode open = read.path("transaction");
        return new HealthReading(
                slots,
                open.isObject()
                        ? Optional.of(new OpenTransaction(
                                open.path("pid").asInt(),
                                open.path("user").asText(),
                                open.path("application").asText(),
                                Duration.ofSeconds(open.path("seconds").asLong())))
                        : Optional.empty(),
                read.path("databases").asLong() + read.path("wal").asLong(),
                usage(read, "workers", "maxWorkers"),
                usage(read, "senders", "maxSenders"),
                new Usage(slots.size(), read.path("maxSlots").asInt()),
                read.path("ids").asLong(),
                read.path("readOnly").asBoolean());
    }

    private static Usage usage(JsonNode read, String used, String limit) {
        return new Usage(read.path(used).asInt(), read.path(limit).asInt());
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL wrote JSON that cannot be read", e);
        }
    }
}
