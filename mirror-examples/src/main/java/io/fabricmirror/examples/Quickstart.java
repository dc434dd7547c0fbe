package io.fabricmirror.examples;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.RESTART_SERVER;

import io.fabricmirror.AdminAccess;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.ConsoleListener;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Preview;
import io.fabricmirror.Report;
import io.fabricmirror.SecretRef;
import io.fabricmirror.TableName;
import io.fabricmirror.TableProgress;
import io.fabricmirror.Verdict;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.core.AzureMirror;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalServer;
import io.fabricmirror.testkit.RecordedCall;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The main job from end to end on this machine: a real PostgreSQL, a local Azure, one mirror. Exits with 0 only if everything it
 * promises was seen.
 */
final class Quickstart {
    private static final String VAULT = "https://kv-main.vault.azure.net";
    private static final TableName ORDERS = new TableName("public", "orders");
    private static final int NEW_ROWS = 500;

    private final LocalAzure azure;
    private final LocalServer server;

    private Quickstart(LocalAzure azure) throws IOException {
        this.azure = azure;
        this.server = azure.server("pg-orders").sql("orders", fixture());
        azure.vault("kv-main").put("postgres-admin-password", server.adminPassword());
        azure.workspace("Sales");
    }

    public static void main(String[] args) throws Exception {
        try (LocalAzure azure = LocalAzure.start()) {
            new Quickstart(azure).run();
        }
        System.out.printf(
                Locale.ROOT,
                "%nQUICKSTART OK in %.1f s: preview wrote nothing, every step reported, every table replicates, counts equal,%n"
                        + "%d new rows arrived, the second run changed nothing. Nothing was removed.%n",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0,
                NEW_ROWS);
    }

    private void run() throws Exception {
        System.out.println("Local Azure and PostgreSQL " + server.query("orders", "show server_version")
                + " are up. Nothing leaves this machine; waits are skipped,"
                + " so the times below are those of a real service.\n");
        MirrorPlan plan = MirrorPlan.named("orders")
                .server(server.id())
                .database("orders")
                .admin(AdminAccess.password(SecretRef.keyVault(VAULT, "postgres-admin-password")))
                .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(VAULT, "orders-fabric-user")))
                .workspace(WorkspaceRef.named("Sales"))
                .gateway(GatewayMode.publicAccess().admitAzureServices())
                .build();
        try (MirrorExecutor mirror = AzureMirror.builder(azure.credential())
                .httpClient(azure.httpClient())
                .jdbcProperties(azure.jdbcProperties())
                .pacer(azure.pacer())
                .listener(new ConsoleListener(System.out))
                .build()) {
            preview(mirror, plan);
            Report report = apply(mirror, plan);
            compareCounts(report.tables());
            insertAndWait();
            applyAgain(mirror, plan);
        }
    }

    private void preview(MirrorExecutor mirror, MirrorPlan plan) {
        String before = fingerprint();
        long writes = writes();
        Preview preview = mirror.preview(plan);
        System.out.println(preview.text());
        check(preview.obstacles().isEmpty(), "nothing stands in the way of the plan");
        check(writes() == writes && fingerprint().equals(before), "the preview wrote nothing");
    }

    private Report apply(MirrorExecutor mirror, MirrorPlan plan) {
        System.out.println("APPLY  orders");
        Report report = mirror.apply(plan, RESTART_SERVER, CHANGE_TABLE_OWNERS);
        System.out.println();
        System.out.println(report.text());
        check(report.verdict() == Verdict.DONE, "the run is DONE");
        check(report.steps().size() == 14, "every one of the fourteen steps is reported");
        return report;
    }

    private void compareCounts(List<TableProgress> tables) {
        System.out.printf(Locale.ROOT, "  %-30s%-16s%10s%10s%n", "table", "state", "source", "copy");
        long total = 0;
        for (TableProgress table : tables) {
            long source = sourceRows(table.table());
            long copy = copiedRows(table.table());
            total += copy;
            System.out.printf(
                    Locale.ROOT,
                    "  %-30s%-16s%,10d%,10d  %s%n",
                    table.table(),
                    table.state(),
                    source,
                    copy,
                    source == copy ? "=" : "!");
            check(source == copy, table.table() + " has as many rows in the copy as at the source");
        }
        System.out.printf(Locale.ROOT, "  %-46s%10s%,10d%n%n", "total", "", total);
        check(total > 0 && tables.size() >= 16, "rows of every table have arrived");
    }

    private void insertAndWait() throws Exception {
        long before = copiedRows(ORDERS);
        server.sql(
                "orders",
                "insert into orders (customer_id, placed, state) select i, now(), 'open' from generate_series(1, "
                        + NEW_ROWS + ") i");
        for (int looks = 0; copiedRows(ORDERS) < before + NEW_ROWS && looks < 400; looks++) {
            azure.pacer().pause(Duration.ofMillis(50));
        }
        System.out.printf(
                Locale.ROOT,
                "INSERT %d rows into %s at the source: the copy shows %,d%n%n",
                NEW_ROWS,
                ORDERS,
                copiedRows(ORDERS));
        check(copiedRows(ORDERS) == before + NEW_ROWS, "the new rows arrived");
    }

    private void applyAgain(MirrorExecutor mirror, MirrorPlan plan) {
        System.out.println("APPLY  orders, the same plan again");
        int calls = azure.calls().size();
        long writes = writes();
        Report report = mirror.apply(plan);
        System.out.println(report.summary() + " " + (azure.calls().size() - calls) + " HTTP calls, "
                + (writes() - writes) + " writes.");
        check(report.verdict() == Verdict.NOTHING_TO_CHANGE, "there is nothing to change");
        check(writes() == writes, "the second run wrote nothing");
    }

    private long writes() {
        return azure.calls().stream().filter(RecordedCall::writes).count();
    }

    private long copiedRows(TableName table) {
        return azure.workspace("Sales").mirror("orders").rows(table.schema() + "." + table.name());
    }

    private long sourceRows(TableName table) {
        String name = "\"" + table.schema() + "\".\"" + table.name() + "\"";
        return Long.parseLong(server.query("orders", "select count(*) from " + name));
    }

    /** Returns what a preview could have changed at the source: roles, memberships, owners, grants, settings. */
    private String fingerprint() {
        return server.query("orders", """
                select md5(concat(
                  (select string_agg(a::text, ',' order by rolname) from pg_authid a),
                  (select string_agg(m::text, ',' order by m::text) from pg_auth_members m),
                  (select string_agg(concat(relname, relowner, relacl, relreplident), ',' order by oid)
                     from pg_class where relnamespace >= 2200),
                  (select string_agg(concat(nspname, nspowner, nspacl), ',' order by nspname) from pg_namespace),
                  (select string_agg(concat(name, setting), ',' order by name) from pg_settings where context <> 'internal')))
                """);
    }

    private static String fixture() throws IOException {
        try (InputStream file = Objects.requireNonNull(Quickstart.class.getResourceAsStream("orders.sql"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void check(boolean seen, String promise) {
        if (!seen) {
            throw new IllegalStateException("QUICKSTART FAILED: not seen that " + promise);
        }
    }
}
