package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.postgres.Cluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The parameters of one server: what PostgreSQL says they are, what was set, and Azure's own. */
final class Parameters {
    // What the local Azure itself sets to run a server here.
    private static final Set<String> OURS = Set.of(
            "config_file",
            "data_directory",
            "fsync",
            "full_page_writes",
            "hba_file",
            "ident_file",
            "lc_messages",
            "listen_addresses",
            "port",
            "ssl",
            "ssl_cert_file",
            "ssl_key_file",
            "unix_socket_directories");
    private static final String SETTINGS =
            "select name, setting, boot_val, vartype, context, min_val, max_val, array_to_string(enumvals, ','), unit,"
                    + " short_desc, pending_restart from pg_settings";

    private final Map<String, String> set = new TreeMap<>();
    private Map<String, String> atStart = Map.of();

    /** Returns what was set, to be written into the server's configuration file. */
    synchronized Map<String, String> values() {
        return new LinkedHashMap<>(set);
    }

    /** Returns the value of one of Azure's own parameters. */
    synchronized String azure(String name) {
        String initial = AzureParameter.ALL.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(AzureParameter::initial)
                .findFirst()
                .orElseThrow();
        return set.getOrDefault(name, initial);
    }

    synchronized void put(String name, String value) {
        set.put(name, value);
    }

    /** Remembers what acts only from a start on. */
    synchronized void started() {
        atStart = values();
    }

    /** Checks a new value as Azure does; returns the parameter's name as the server spells it. */
    String checked(Cluster cluster, String name, String value) {
        Setting setting = find(cluster, name).orElseThrow(() -> ArmErrors.childNotFound("configurations", name));
        if (setting.readOnly()) {
            throw ArmErrors.refuse(
                    400,
                    "ConfigurationNotEditable",
                    "The configuration '" + name + "' is read-only and cannot be set.");
        }
        if (!setting.allows(value)) {
            throw ArmErrors.refuse(
                    400,
                    "InvalidParameterValue",
                    "The value: [" + value + "] of server parameter: [" + name + "] is not in the allowed values: ["
                            + setting.allowed() + "].");
        }

        return setting.name();
    }

    /** Describes all parameters, by name. */
    List<ObjectNode> describe(Cluster cluster, String serverId) {
        return all(cluster)
                .map(setting -> setting.json(serverId, source(setting.name())))
                .toList();
    }

    /** Describes one parameter. */
    Optional<ObjectNode> describe(Cluster cluster, String serverId, String name) {
        return find(cluster, name).map(setting -> setting.json(serverId, source(setting.name())));
    }

    private synchronized String source(String name) {
        return set.containsKey(name) ? "user-override" : "system-default";
    }

    private Optional<Setting> find(Cluster cluster, String name) {
        return all(cluster)
                .filter(setting -> setting.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private Stream<Setting> all(Cluster cluster) {
        return Stream.concat(
                        postgres(cluster).stream(), AzureParameter.ALL.stream().map(this::setting))
                .sorted(Comparator.comparing(Setting::name));
    }

    private synchronized Setting setting(AzureParameter parameter) {
        String value = set.getOrDefault(parameter.name(), parameter.initial());
        String atLastStart = atStart.getOrDefault(parameter.name(), parameter.initial());
        return new Setting(
                parameter.name(),
                value,
                parameter.initial(),
                parameter.type(),
                parameter.allowed(),
                "",
                "",
                parameter.dynamic(),
                parameter.readOnly(),
                !parameter.dynamic() && !value.equals(atLastStart));
    }

    private List<Setting> postgres(Cluster cluster) {
        List<Setting> settings = new ArrayList<>();
        try (Connection connection = cluster.superuser("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SETTINGS)) {
            while (rows.next()) {
                settings.add(setting(rows));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read the server's parameters", e);
        }
        return settings;
    }

    private synchronized Setting setting(ResultSet row) throws SQLException {
        String name = text(row, 1);
        String type = switch (text(row, 4)) {
            case "bool" -> "Boolean";
            case "integer" -> "Integer";
            case "real" -> "Numeric";
            case "enum" -> "Enumeration";
            default -> "String";
        };
        String allowed = switch (type) {
            case "Boolean" -> "on,off";
            case "Enumeration" -> text(row, 8);
            case "Integer", "Numeric" -> text(row, 6) + "-" + text(row, 7);
            default -> ".*";
        };
        String context = text(row, 5);
        return new Setting(
                name,
                set.getOrDefault(name, text(row, 2)),
                text(row, 3),
                type,
                allowed,
                text(row, 9),
                text(row, 10),
                !context.equals("postmaster"),
                context.equals("internal") || OURS.contains(name),
                row.getBoolean(11));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }
}
