package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@WithLocalAzure
class OrdersJobTest {
    @Test
    void job_serverWithATable_findsIt(LocalAzure azure) throws SQLException {
        LocalServer server = azure.server("pg-orders").sql("orders", "create table t (id int primary key)");
        azure.vault("kv-main").put("postgres-admin-password", server.adminPassword());

        assertThat(new OrdersJob(azure.httpClient(), azure.credential(), azure.jdbcProperties()).tables())
                .containsExactly("t");
    }
}
