package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.AdminAccess;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorEvent;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorListener;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Report;
import io.fabricmirror.SecretRef;
import io.fabricmirror.StepKey;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.fabric.FabricClient;
import io.fabricmirror.fabric.MirroredDatabases;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalServer;
import io.fabricmirror.testkit.RecordedCall;
import java.time.Duration;
import java.util.UUID;

/** A local Azure with one ordinary new server, a small database "orders" on it, and an executor. */
final class World implements AutoCloseable {
    static final String VAULT = "https://kv-main.vault.azure.net";
    static final SecretRef ADMIN_SECRET = SecretRef.keyVault(VAULT, "postgres-admin-password");
    static final SecretRef ROLE_SECRET = SecretRef.keyVault(VAULT, "orders-fabric-user");

    final LocalAzure azure = LocalAzure.start();
    final LocalServer server = azure.server("pg-orders");
    final MirrorExecutor mirror = executor();

    World() {
        server.sql("orders", """
                set role pgadmin;
                create table customers (id serial primary key, name text not null);
                create table notes (id int primary key, note text);
                create schema sales;
                create table sales.leads (id int primary key, contact text);
                insert into customers (name) select 'c' || i from generate_series(1, 100) i;
                insert into sales.leads select i, 'l' || i from generate_series(1, 20) i;
                """);
        azure.vault("kv-main").put(ADMIN_SECRET.name(), server.adminPassword());
        azure.workspace("Sales");
    }

    MirrorExecutor executor() {
        return executor(event -> {});
    }

    MirrorExecutor executor(MirrorListener listener) {
        return builder().listener(listener).build();
    }

    AzureMirror.Builder builder() {
        return AzureMirror.builder(azure.credential())
                .listener(azuresOwnBuild())
                .httpClient(azure.httpClient())
                .jdbcProperties(azure.jdbcProperties())
                .pacer(azure.pacer());
    }

    /**
     * Up to 15 PostgreSQL lets only a superuser make a role with REPLICATION or change it; Azure's own build lets the administrator.
     * So there, and for that one statement, the administrator is superuser.
     */
    private MirrorListener azuresOwnBuild() {
        return event -> {
            boolean begins = event.kind().equals(MirrorEvent.Kind.STEP_STARTED);
            boolean ends = event.kind().equals(MirrorEvent.Kind.CHANGED)
                    || event.kind().equals(MirrorEvent.Kind.STEP_ENDED);
            if (event.step().equals(StepKey.ROLE)
                    && (begins || ends)
                    && Integer.parseInt(ask("show server_version_num")) < 160000) {
                server.sql("postgres", "reset role; alter role pgadmin " + (begins ? "superuser" : "nosuperuser"));
            }
        };
    }

    MirrorPlan.Builder plan() {
        return MirrorPlan.named("orders")
                .server(server.id())
                .database("orders")
                .admin(AdminAccess.password(ADMIN_SECRET))
                .connection(ConnectionSpec.fabricUser(ROLE_SECRET))
                .workspace(WorkspaceRef.named("Sales"))
                .gateway(GatewayMode.publicAccess().admitAzureServices());
    }

    Report apply(MirrorPlan plan) {
        return mirror.apply(plan, RESTART_SERVER, CHANGE_TABLE_OWNERS);
    }

    long writes() {
        return azure.calls().stream().filter(RecordedCall::writes).count();
    }

    /** Asks the server, as superuser, for one value. */
    String ask(String question) {
        return server.query("orders", question);
    }

    /** Returns what a run could have changed at the source: roles, owners, grants, settings. */
    String fingerprint() {
        return ask("""
                select md5(concat(
                  (select string_agg(a::text, ',' order by rolname) from pg_authid a),
                  (select string_agg(m::text, ',' order by m::text) from pg_auth_members m),
                  (select string_agg(d::text, ',' order by d::text) from pg_default_acl d),
                  (select string_agg(concat(datname, datdba, datacl), ',' order by datname) from pg_database),
                  (select string_agg(concat(relname, relowner, relacl, relreplident), ',' order by oid)
                     from pg_class where relnamespace >= 2200),
                  (select string_agg(concat(nspname, nspowner, nspacl), ',' order by nspname) from pg_namespace),
                  (select string_agg(concat(name, setting), ',' order by name) from pg_settings where context <> 'internal')))
                """);
    }

    /** Stops the mirror, does something, and starts it again, as somebody in the portal would. */
    void stopAndStartMirror(Runnable meanwhile) {
        stopMirror();
        meanwhile.run();
        mirrors().start(workspaceId(), itemId());
        waitForStatus("Running");
    }

    /** Stops the mirror. */
    void stopMirror() {
        mirrors().stop(workspaceId(), itemId());
        waitForStatus("Stopped");
    }

    /** Returns how many Fabric connections there are. */
    int connections() {
        return fabric().connections().list().size();
    }

    private MirroredDatabases mirrors() {
        return fabric().mirroredDatabases();
    }

    private FabricClient fabric() {
        return FabricClient.builder(azure.credential())
                .httpClient(azure.httpClient())
                .build();
    }

    private UUID workspaceId() {
        return UUID.fromString(azure.workspace("Sales").id());
    }

    private UUID itemId() {
        return UUID.fromString(azure.workspace("Sales").mirror("orders").id());
    }

    private void waitForStatus(String status) {
        for (int i = 0;
                i < 20 && !azure.workspace("Sales").mirror("orders").status().equals(status);
                i++) {
            try {
                azure.pacer().pause(Duration.ofSeconds(15));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(azure.workspace("Sales").mirror("orders").status()).isEqualTo(status);
    }

    @Override
    public void close() {
        mirror.close();
        azure.close();
    }
}
