package io.fabricmirror.core;

import io.fabricmirror.testkit.LocalServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The log of a local PostgreSQL that logs every statement, read through a superuser's session. */
final class ServerLog {
    private static final String MARK = "|";

    private final LocalServer server;
    private int begin;

    /** Lets a server log every statement from now on, each line with the session's application. */
    ServerLog(LocalServer server) {
        this.server = server;
        settings(server, "log_statement = 'all'", "log_line_prefix = '%a" + MARK + "'");
        waitUntilItLogs();
        forget();
    }

    /** Changes settings as only Azure itself could, and lets the server read them. */
    static void settings(LocalServer server, String... settings) {
        try (Connection superuser = server.connect("postgres");
                Statement statement = superuser.createStatement()) {
            for (String setting : settings) {
                statement.execute("alter system set " + setting);
            }
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void waitUntilItLogs() {
        // Each question is logged by itself once the server has read its settings.
        for (int i = 0; i < 1000 && !text().contains("local azure" + MARK); i++) {
            Thread.onSpinWait();
        }
    }

    /** Forgets what was logged so far. */
    void forget() {
        begin = text().length();
    }

    /** Returns everything the server has ever logged. */
    String text() {
        return server.query("postgres", "select pg_read_file('../log')");
    }

    /** Returns the statements that the library sent since the last forgetting. */
    List<String> statements() {
        return Arrays.stream(text().substring(begin).split("\n(?=[^\t\n]*\\" + MARK + ")"))
                .filter(line -> line.startsWith("fabric-mirror" + MARK))
                .filter(line -> line.contains("LOG:  statement: ") || line.contains("LOG:  execute "))
                .map(line -> line.replaceFirst("^.*?LOG: {2}(statement: |execute [^:]*: )", ""))
                .collect(Collectors.toList());
    }
}
