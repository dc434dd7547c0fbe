package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.testkit.internal.json.Json;
import java.time.Duration;

/** Everything a mirror of database "orders" asks of a server, of workspace "Sales" and of a connection "orders-pg". */
final class MirrorableServer {
    private static final String ROLE = """
            reset role;
            create role fabric_user createdb createrole login replication password 'secret-1';
            grant fabric_user to pgadmin with admin option;
            grant create on database orders to fabric_user;
            grant usage, create on schema public to fabric_user;
            """;

    private MirrorableServer() {}

    /** Prepares a server whose database has its tables already, and gives them all to the mirror's role. */
    static void prepare(LocalServer server) {
        server.admitAzureServices()
                .systemAssignedIdentity()
                .sql("orders", ROLE)
                .sql(
                        "orders",
                        "do $$ declare t regclass; begin for t in select oid from pg_class where relkind = 'r' and"
                                + " relnamespace = 'public'::regnamespace loop"
                                + " execute format('alter table %s owner to fabric_user', t); end loop; end $$")
                .parameter("wal_level", "logical")
                .parameter("max_worker_processes", "16")
                .restart()
                .parameter("azure.fabric_mirror_enabled", "on")
                .parameter("azure.mirror_databases", "orders")
                .sql("orders", "reset role; grant azure_cdc_admin to fabric_user");
    }

    /** Lets the server into the workspace, and makes the connection; returns its id. */
    static String connect(LocalAzure azure, LocalServer server) {
        azure.jump(Duration.ofMinutes(1)); // Fabric does not know a new identity at once
        Rest fabric = new Rest(azure);
        Rest.Reply role = fabric.post(
                "/workspaces/" + azure.workspace("Sales").id() + "/roleAssignments",
                Json.object(
                        "principal",
                        Json.object("id", server.principalId().orElseThrow(), "type", "ServicePrincipal"),
                        "role",
                        "Contributor"));
        assertThat(role.status()).as(role.body().toString()).isEqualTo(201);
        Rest.Reply connection = fabric.post(
                "/connections", Rest.connection("orders-pg", server.fqdn(), "orders", "fabric_user", "secret-1"));
        assertThat(connection.status()).as(connection.body().toString()).isEqualTo(201);
        return connection.text("id");
    }
}
