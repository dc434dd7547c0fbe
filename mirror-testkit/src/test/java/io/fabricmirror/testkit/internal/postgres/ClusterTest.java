package io.fabricmirror.testkit.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterTest {
    @Test
    void parameters_thatNeedARestart_arePendingUntilTheRestart() throws SQLException {
        try (Cluster cluster = Cluster.start(Cluster.defaultMajor())) {
            cluster.parameters(Map.of("wal_level", "logical", "azure.mirror_databases", "a,b'c\\d"));

            assertThat(query(cluster, "show wal_level")).isEqualTo("replica");
            assertThat(query(cluster, "select pending_restart from pg_settings where name = 'wal_level'"))
                    .isEqualTo("t");
            assertThat(query(cluster, "show azure.mirror_databases")).isEqualTo("a,b'c\\d");

            cluster.restart();

            assertThat(query(cluster, "show wal_level")).isEqualTo("logical");
            assertThat(query(cluster, "select pending_restart from pg_settings where name = 'wal_level'"))
                    .isEqualTo("f");
        }
    }

    @Test
    void start_warm_takesLessThanTwoSeconds() {
        Cluster.start(Cluster.defaultMajor()).close();

        long best = IntStream.range(0, 5).mapToLong(i -> millisToStart()).min().orElseThrow();

        assertThat(best).isLessThan(2_000);
    }

    private static long millisToStart() {
        long start = System.nanoTime();
        Cluster cluster = Cluster.start(Cluster.defaultMajor());
        long millis = (System.nanoTime() - start) / 1_000_000;
        cluster.close();
        return millis;
    }

    private static String query(Cluster cluster, String sql) throws SQLException {
        try (Connection connection = cluster.superuser("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
