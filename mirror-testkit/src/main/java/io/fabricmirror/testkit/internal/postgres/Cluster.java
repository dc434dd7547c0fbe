package io.fabricmirror.testkit.internal.postgres;

import io.fabricmirror.testkit.internal.time.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;

/** A real PostgreSQL server with a data directory of its own, configured by files only. */
public final class Cluster implements AutoCloseable {
    /** The superuser that stands for Azure itself. */
    public static final String SUPERUSER = Binaries.SUPERUSER;

    private static final int USUAL_MAJOR = 16;
    private static final String GENERATION = "azure.local_file_generation";
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(10);

    private final Binaries binaries;
    private final RunFolder folder;
    private final Certificates certificates;
    private final int port;
    private final Thread copier;
    private Postmaster postmaster;
    private int generation;

    private Cluster(Binaries binaries, RunFolder folder, Certificates certificates, int port) {
        this.binaries = binaries;
        this.folder = folder;
        this.certificates = certificates;
        this.port = port;
        this.postmaster = Postmaster.start(binaries, folder);
        this.copier = binaries.copyAhead(folder.folder().resolve("next"));
    }

    /** Starts a new, empty server of a major version. */
    public static Cluster start(int major) {
        UserFolder user = UserFolder.ofThisUser();
        Binaries binaries = Binaries.of(major, user);
        Certificates certificates = Certificates.of(user);
        RunFolder folder = RunFolder.create(user);
        try {
            binaries.provideData(folder.data());
            int port = freePort();
            writeFiles(folder.data(), certificates, port);
            return new Cluster(binaries, folder, certificates, port);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Returns 16 if that is on the class path, else the newest major there. */
    public static int defaultMajor() {
        List<Integer> majors = Binaries.majors();
        return majors.contains(USUAL_MAJOR) || majors.isEmpty() ? USUAL_MAJOR : majors.get(majors.size() - 1);
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback interface", e);
        }
    }

    private static void writeFiles(Path data, Certificates certificates, int port) {
        try {
            Files.copy(certificates.certificate(), data.resolve("server.crt"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.copy(certificates.key(), data.resolve("server.key"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.writeString(data.resolve("azure.conf"), "");
            write(data.resolve("pg_hba.conf"), PASSWORD_LOGINS);
            write(
                    data.resolve("postgresql.conf"),
                    List.of(
                            "listen_addresses = '127.0.0.1'",
                            "port = " + port,
                            "unix_socket_directories = ''",
                            "shared_buffers = '32MB'",
                            "max_connections = 100",
                            "fsync = off", // the data ends with the JVM
                            "full_page_writes = off",
                            "ssl = on",
                            "ssl_cert_file = 'server.crt'",
                            "ssl_key_file = 'server.key'",
                            "password_encryption = 'scram-sha-256'",
                            "timezone = 'UTC'",
                            "lc_messages = 'C'",
                            "include = 'azure.conf'"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot configure PostgreSQL in " + data, e);
        }
    }

    // Azure takes TLS only. The superuser's own line lets the local Azure itself in without.
    private static final List<String> PASSWORD_LOGINS = List.of(
            "host all " + SUPERUSER + " 127.0.0.1/32 scram-sha-256", "hostssl all all 127.0.0.1/32 scram-sha-256");

    private static final String GATE_LOGINS = "hostnossl all all 127.0.0.1/32 password";

    private static void write(Path file, List<String> lines) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.write(draft, lines, StandardCharsets.UTF_8);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Replaces the parameters that Azure's configuration file sets, and returns when the server has read it. */
    public synchronized void parameters(Map<String, String> values) {
        generation++;
        List<String> lines = new ArrayList<>(List.of(GENERATION + " = " + generation));
        values.forEach((name, value) -> lines.add(name + " = " + quoted(value)));
        try {
            write(folder.data().resolve("azure.conf"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the server's parameters", e);
        }
        reload();
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    // The server reads its files when a signal arrives, a moment later. The file bears a number; a session that sees
    // the
    // new number proves that the file was read.
    private void reload() {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_reload_conf()");
            boolean read = Waiting.until(() -> currentGeneration(statement) == generation, RELOAD_LIMIT);
            if (!read) {
                throw new IllegalStateException("The server did not read its parameters within " + RELOAD_LIMIT);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot reload the server's parameters", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the server read its parameters", e);
        }
    }

    private static int currentGeneration(Statement statement) {
        try (ResultSet rows =
                statement.executeQuery("select coalesce(current_setting('" + GENERATION + "', true), '0')")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot look whether the server read its parameters", e);
        }
    }

    /** Sets whether roles may sign in with their passwords, and whether the gate may let them in that show a token. */
    public synchronized void logins(boolean passwords, boolean tokens) {
        List<String> lines = new ArrayList<>(List.of(PASSWORD_LOGINS.get(0)));
        if (passwords) {
            lines.add(PASSWORD_LOGINS.get(1));
        }
        if (tokens) {
            lines.add(GATE_LOGINS);
        }
        try {
            write(folder.data().resolve("pg_hba.conf"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write who may sign in", e);
        }
        reload();
    }

    /** Stops and starts the server; every session ends. */
    public synchronized void restart() {
        postmaster.stop();
        postmaster = Postmaster.start(binaries, folder);
    }

    /** Opens a session of the superuser, for what Azure itself does; waits out a restart. */
    public synchronized Connection superuser(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", binaries.superuserPassword());
        properties.setProperty("sslmode", "disable");
        properties.setProperty("ApplicationName", "local azure");
        return Sessions.open("127.0.0.1", port, database, properties);
    }

    /** Returns the folder that holds everything of this server. */
    Path folder() {
        return folder.folder();
    }

    /** Returns a path that is deleted with this server, also after a crash. */
    public Path scratch(String name) {
        return folder.folder().resolve(name);
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Returns the major version. */
    public int major() {
        return binaries.major();
    }

    /** Returns the certificate of the authority that signed the server's. */
    public Path authority() {
        return certificates.authority();
    }

    /** Returns what a socket needs to speak as this server does, and to trust it. */
    SSLContext tls() {
        return certificates.context();
    }

    @Override
    public synchronized void close() {
        postmaster.stop();
        giveUpCopy();
        folder.close();
    }

    private void giveUpCopy() {
        copier.interrupt();
        try {
            copier.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
