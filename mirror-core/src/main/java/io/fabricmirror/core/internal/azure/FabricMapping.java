package io.fabricmirror.core.internal.azure;

import io.fabricmirror.TableName;
import io.fabricmirror.fabric.Capacity;
import io.fabricmirror.fabric.Connection;
import io.fabricmirror.fabric.Connectivity;
import io.fabricmirror.fabric.FabricError;
import io.fabricmirror.fabric.Gateway;
import io.fabricmirror.fabric.MirroringDefinition;
import io.fabricmirror.fabric.MirroringStatus;
import io.fabricmirror.fabric.MountedTable;
import io.fabricmirror.fabric.RoleAssignment;
import io.fabricmirror.fabric.TableMirroringStatus;
import io.fabricmirror.fabric.Workspace;
import io.fabricmirror.fabric.WorkspaceRole;
import io.fabricmirror.spi.FabricControl;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what the Fabric client shows into what the port shows, and back. */
final class FabricMapping {
    private FabricMapping() {}

    static FabricControl.Workspace workspace(Workspace workspace, List<Capacity> capacities) {
        Optional<Capacity> capacity = capacities.stream()
                .filter(c -> c.id().equals(workspace.capacityId()))
                .findFirst();
        return new FabricControl.Workspace(
                workspace.id().toString(),
                workspace.displayName(),
                capacity.map(Capacity::displayName).orElse(""),
                capacity.map(c -> c.state().value()).orElse(""));
    }

    static FabricControl.RoleAssignment roleAssignment(RoleAssignment<WorkspaceRole> assignment) {
        return new FabricControl.RoleAssignment(
                assignment.id().toString(),
                assignment.principal().id().toString(),
                new io.fabricmirror.WorkspaceRole(assignment.role().value()));
    }

    static WorkspaceRole role(io.fabricmirror.WorkspaceRole role) {
        return new WorkspaceRole(role.value());
    }

    static FabricControl.Gateway gateway(Gateway gateway) {
        return new FabricControl.Gateway(
                gateway.id().toString(), gateway.displayName(), gateway.type().value());
    }

    static FabricControl.FabricConnection connection(Connection connection) {
        return new FabricControl.FabricConnection(
                connection.id().toString(),
                connection.displayName(),
                connection.connectivity().value(),
                connection.gatewayId() == null ? null : connection.gatewayId().toString(),
                connection.type(),
                connection.path(),
                connection.credentialType() == null
                        ? ""
                        : connection.credentialType().value());
    }

    static Connection clientConnection(FabricControl.FabricConnection connection) {
        return new Connection(
                UUID.fromString(connection.id()),
                connection.name(),
                new Connectivity(connection.connectivity()),
                connection.gatewayId() == null ? null : UUID.fromString(connection.gatewayId()),
                connection.type(),
                connection.path(),
                null,
                null,
                null,
                null);
    }

    static FabricControl.MirrorDefinition definition(MirroringDefinition definition) {
        return new FabricControl.MirrorDefinition(
                definition.connectionId().map(UUID::toString).orElse(""),
                definition.database().orElse(""),
                definition
                        .tables()
                        .map(tables -> tables.stream()
                                .map(t -> new TableName(t.schemaName(), t.tableName()))
                                .toList())
                        .orElse(null),
                definition.defaultSchema().orElse(null),
                definition.retentionDays().orElse(null));
    }

    static MirroringDefinition withTables(
            MirroringDefinition.Builder builder, FabricControl.MirrorDefinition definition) {
        String schema = definition.defaultSchema();
        if (schema != null) {
            builder.defaultSchema(schema);
        }
        Integer retention = definition.retentionDays();
        if (retention != null) {
            builder.retentionDays(retention);
        }
        List<TableName> tables = definition.tables();
        return tables == null
                ? builder.allTables().build()
                : builder.tables(tables.stream()
                                .map(t -> new MountedTable(t.schema(), t.name()))
                                .toList())
                        .build();
    }

    static FabricControl.MirrorState state(MirroringStatus status) {
        return new FabricControl.MirrorState(status.state().value(), text(status.error()));
    }

    static FabricControl.MirroredTable table(TableMirroringStatus table) {
        return new FabricControl.MirroredTable(
                new TableName(table.schemaName(), table.tableName()),
                table.state().value(),
                table.processedRows(),
                text(table.error()),
                table.lastSync(),
                table.lastSyncLatency());
    }

    static boolean sameId(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equalsIgnoreCase(other);
    }

    private static String text(@Nullable FabricError error) {
        if (error == null) {
            return "";
        }

        String code = error.code().value();
        return error.message().isEmpty() ? code : code.isEmpty() ? error.message() : code + ": " + error.message();
    }
}
