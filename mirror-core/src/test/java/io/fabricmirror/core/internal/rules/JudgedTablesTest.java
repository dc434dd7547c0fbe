package io.fabricmirror.core.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.AdminAccess;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.SecretRef;
import io.fabricmirror.ServerId;
import io.fabricmirror.TableFinding;
import io.fabricmirror.TableFinding.Severity;
import io.fabricmirror.TableName;
import io.fabricmirror.TableSelection;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.core.internal.sql.TableCatalog.Column;
import io.fabricmirror.core.internal.sql.TableCatalog.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JudgedTablesTest {
    private static final int LIMIT = 1000;

    @Test
    @Tag("G31")
    void of_serviceFollowsMoreTablesThanItTakes_thoseAfterTheFirstAreNamed() {
        List<Table> tables = IntStream.rangeClosed(1, LIMIT + 2)
                .mapToObj(i -> table(String.format("t%05d", i)))
                .toList();

        JudgedTables judged =
                JudgedTables.of(plan(TableSelection.followAll()), Rules.shipped(), "fabric_user", tables, Map.of());

        assertThat(judged.findings())
                .filteredOn(f -> f.severity() == Severity.SKIPPED)
                .extracting(TableFinding::table, TableFinding::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(new TableName("public", "t01001"), "TABLE_LIMIT"),
                        org.assertj.core.groups.Tuple.tuple(new TableName("public", "t01002"), "TABLE_LIMIT"));
    }

    private static MirrorPlan plan(TableSelection tables) {
        return MirrorPlan.named("m")
                .server(ServerId.of("11111111-1111-1111-1111-111111111111", "g", "s"))
                .database("d")
                .admin(AdminAccess.entra("me"))
                .connection(ConnectionSpec.fabricUser(SecretRef.keyVault("https://v.vault.azure.net", "s")))
                .workspace(WorkspaceRef.named("w"))
                .tables(tables)
                .withoutSeedTable()
                .build();
    }

    private static Table table(String name) {
        return new Table(
                new TableName("public", name),
                'r',
                'p',
                false,
                'd',
                false,
                "app",
                true,
                true,
                name + "_pkey",
                List.of(new Column("id", "int4")),
                List.of(),
                List.of(),
                List.of("id"),
                false,
                0,
                0);
    }
}
