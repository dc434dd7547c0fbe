package io.fabricmirror.testkit.internal.mirror;

import io.fabricmirror.testkit.internal.arm.FlexibleServer;
import io.fabricmirror.testkit.internal.postgres.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The way a Fabric connection leads to its source, with the credentials it holds at that moment. Fabric signs in with
 * these and with nothing else.
 *
 * @param server the server
 * @param database the database
 * @param credentials the credentials, which may change
 * @param reachable whether the network lets Fabric through, by the firewall or by a gateway
 * @param driver what the driver needs; the encryption among it
 */
public record SourceLogin(
        FlexibleServer server,
        String database,
        Supplier<Credentials> credentials,
        BooleanSupplier reachable,
        Map<String, String> driver) {

    /**
     * Name and password of a role.
     *
     * @param user the role
     * @param password its password
     */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user; // never the password
        }
    }

    /** Opens an ordinary session. */
    public Connection open() throws SQLException {
        return open(new Properties());
    }

    /** Opens a session that speaks the replication protocol. */
    Connection openReplication() throws SQLException {
        Properties replication = new Properties();
        replication.setProperty("replication", "database");
        replication.setProperty("assumeMinServerVersion", "10");
        replication.setProperty("preferQueryMode", "simple");
        return open(replication);
    }

    private Connection open(Properties properties) throws SQLException {
        if (!reachable.getAsBoolean()) {
            throw new SQLException(SourceErrors.UNREACHABLE, "08001");
        }

        Credentials held = credentials.get();
        driver.forEach(properties::setProperty);
        properties.setProperty("user", held.user());
        properties.setProperty("password", held.password());
        properties.setProperty("ApplicationName", "Microsoft Fabric");
        return Sessions.open(server.fqdn(), 5432, database, properties);
    }

    @Override
    public String toString() {
        return server.fqdn() + "/" + database;
    }
}
