package io.fabricmirror.testkit.internal.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens sessions with the driver itself, so that nothing depends on which drivers are registered. */
public final class Sessions {
    private static final Driver DRIVER = new Driver();

    private Sessions() {}

    /** Opens a session. */
    public static Connection open(String host, int port, String database, Properties properties) throws SQLException {
        String url =
                "jdbc:postgresql://" + host + ":" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
        return Objects.requireNonNull(DRIVER.connect(url, properties), url);
    }
}
