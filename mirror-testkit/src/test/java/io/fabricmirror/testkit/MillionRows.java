package io.fabricmirror.testkit;

import java.time.Duration;

/** A program that mirrors a million rows, changes some, and prints what it measured. */
final class MillionRows {
    private static final int ROWS = 1_000_000;

    private MillionRows() {}

    public static void main(String[] args) throws InterruptedException {
        try (LocalAzure azure = LocalAzure.builder().withoutHttp().start()) {
            LocalServer server = azure.server("pg-orders")
                    .sql(
                            "orders",
                            "create table lines (id bigint primary key, note text, amount numeric(12, 2));"
                                    + " insert into lines select i, 'line ' || i || repeat('.', 80), i / 100.0"
                                    + " from generate_series(1, " + ROWS + ") i");
            MirrorableServer.prepare(server);
            String connection = MirrorableServer.connect(azure, server);
            Rest fabric = new Rest(azure);
            String all = "/workspaces/" + azure.workspace("Sales").id() + "/mirroredDatabases";
            String one = all + "/"
                    + fabric.post(all, Rest.mirror("orders", connection, "orders", ""))
                            .text("id");
            azure.pacer().pause(Duration.ofSeconds(61));

            long began = System.nanoTime();
            fabric.post(one + "/startMirroring");
            azure.pacer().pause(Duration.ofMinutes(10));
            System.out.println("seconds " + (System.nanoTime() - began) / 1e9);
            compare("snapshot", azure, server);

            server.sql("orders", """
                    set role fabric_user;
                    update lines set amount = amount + 1 where id % 20 = 0;
                    delete from lines where id % 20 = 1;
                    insert into lines select i, 'late', 0 from generate_series(2000001, 2050000) i;
                    """);
            azure.pacer().pause(Duration.ofMinutes(10));
            compare("changes", azure, server);
        }
    }

    private static void compare(String what, LocalAzure azure, LocalServer server) {
        LocalMirror mirror = azure.workspace("Sales").mirror("orders");
        System.out.println(what + " source " + server.query("orders", "select count(*) from lines") + " "
                + server.checksum("orders", "public.lines"));
        System.out.println(what + " copy " + mirror.rows("public.lines") + " " + mirror.checksum("public.lines"));
    }
}
