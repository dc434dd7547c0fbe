package io.fabricmirror.core.internal.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import io.fabricmirror.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the service's extension {@code azure_cdc} says of a database. */
public final class AzureCdc {
    /**
     * Columns that tell whether the extension is there. Its functions are called only if it is: a schema of that name could hold
     * anybody's, which would then run with the mirroring role's rights.
     */
    static final String FOUND = """
            case when exists (select 1 from pg_catalog.pg_extension where extname = 'azure_cdc') then 'READY'
                 when exists (select 1 from pg_catalog.pg_namespace where nspname = 'azure_cdc') then 'COUNTERFEIT'
                 else 'ABSENT' end as extension,
            exists (select 1 from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                     where n.nspname = 'azure_cdc' and p.proname = 'get_all_tables_mirror_status') as verdicts
            """;

    private static final String PREREQUISITES =
            "select null::text, null::text, coalesce(to_jsonb(data)::text, '[]') from azure_cdc.check_prerequisites()";

    private static final String VERDICTS = " union all select table_schema::text, table_name::text,"
            + " coalesce(to_jsonb(mirroring_data)::text, '[]') from azure_cdc.get_all_tables_mirror_status()";

    private static final List<String> OF_ASKER =
            List.of("USER_NOT_CDC_ADMIN", "NO_CREATE_PRIVILEGE_ON_DATABASE", "NOT_TABLE_OWNER");

    private static final ObjectMapper JSON = new ObjectMapper();

    private AzureCdc() {}

    /** Whether the extension is there. */
    public enum Extension {
        /** Installed. */
        READY,
        /** A schema of its name, made by somebody else. */
        COUNTERFEIT,
        /** Not there. */
        ABSENT
    }

    /**
     * Looks for the extension.
     *
     * @param connection a connection to the database
     * @return what is there
     */
    public static Found find(Connection connection) {
        return Sql.query(connection, "select " + FOUND, AzureCdc::found).get(0);
    }

    /**
     * Asks for everything at once, in one statement.
     *
     * @param connection a connection as the mirroring role, of which the answers speak
     * @param found what is there
     * @return what the extension says
     */
    public static Answer ask(Connection connection, Found found) {
        if (found.extension() != Extension.READY) {
            return new Answer(found.extension(), List.of(), Map.of());
        }

        List<String> missing = new ArrayList<>();
        Map<TableName, List<Finding>> verdicts = new HashMap<>();
        // Older servers have no verdicts on tables.
        for (Row row : Sql.query(connection, PREREQUISITES + (found.verdicts() ? VERDICTS : ""), AzureCdc::row)) {
            if (row.table() == null) {
                row.findings().stream()
                        .filter(finding -> !finding.status().equals("OK"))
                        .forEach(finding -> missing.add(finding.code() + " " + finding.details()));
            } else {
                verdicts.put(row.table(), row.findings());
            }
        }
        return new Answer(Extension.READY, missing, verdicts);
    }

    static Found found(ResultSet row) throws SQLException {
        return new Found(Extension.valueOf(row.getString("extension")), row.getBoolean("verdicts"));
    }

    private static Row row(ResultSet row) throws SQLException {
        String schema = row.getString(1);
        List<Finding> findings = new ArrayList<>();
        for (JsonNode item : parsed(row.getString(3))) {
            findings.add(new Finding(
                    item.path("status").asText(),
                    item.path("status_code").asText(),
                    item.path("details").toString()));
        }
        return new Row(schema == null ? null : new TableName(schema, row.getString(2)), findings);
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new MirrorException(
                    Problem.of("ANSWER_NOT_READ", "azure_cdc answered what this version cannot read")
                            .seen("no JSON"),
                    e);
        }
    }

    private record Row(@Nullable TableName table, List<Finding> findings) {}

    /**
     * What is there.
     *
     * @param extension the extension
     * @param verdicts whether it judges tables; older ones do not
     */
    public record Found(Extension extension, boolean verdicts) {}

    /**
     * What the extension says.
     *
     * @param extension whether it is there
     * @param missing the prerequisites it calls missing
     * @param verdicts what it finds of each table; empty if it gives no verdicts
     */
    public record Answer(Extension extension, List<String> missing, Map<TableName, List<Finding>> verdicts) {
        /**
         * Leaves out what is said of the role that asked, for an answer somebody else got.
         *
         * @return the rest
         */
        public Answer withoutAsker() {
            List<String> others = missing.stream()
                    .filter(item -> OF_ASKER.stream().noneMatch(item::startsWith))
                    .toList();
            Map<TableName, List<Finding>> rest = new HashMap<>();
            verdicts.forEach((table, findings) -> rest.put(
                    table,
                    findings.stream()
                            .filter(finding -> !OF_ASKER.contains(finding.code()))
                            .toList()));
            return new Answer(extension, others, rest);
        }
    }

    /**
     * A finding, in the service's own words.
     *
     * @param status {@code OK}, {@code WARNING} or {@code ERROR}
     * @param code the service's code
     * @param details what it says more, as JSON
     */
    public record Finding(String status, String code, String details) {}
}
