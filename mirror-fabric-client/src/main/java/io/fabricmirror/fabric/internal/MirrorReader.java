package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.MirroredDatabase;
import io.fabricmirror.fabric.MirroringState;
import io.fabricmirror.fabric.MirroringStatus;
import io.fabricmirror.fabric.SourceObjectType;
import io.fabricmirror.fabric.SqlEndpointState;
import io.fabricmirror.fabric.TableMirroringState;
import io.fabricmirror.fabric.TableMirroringStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads mirrored databases and how they are. */
public final class MirrorReader {
    private MirrorReader() {}

    public static MirroredDatabase mirroredDatabase(Fields fields) {
        Fields properties = fields.object("properties");
        return new MirroredDatabase(
                fields.id("id"),
                fields.idOrNull("workspaceId"),
                fields.textOrEmpty("displayName"),
                fields.textOrEmpty("description"),
                fields.idOrNull("folderId"),
                properties.textOrEmpty("oneLakeTablesPath"),
                properties.textOrEmpty("defaultSchema"),
                endpoint(properties.object("sqlEndpointProperties")));
    }

    private static MirroredDatabase.@Nullable SqlEndpoint endpoint(Fields fields) {
        String state = fields.textOrNull("provisioningStatus");
        return state == null
                ? null
                : new MirroredDatabase.SqlEndpoint(
                        fields.textOrEmpty("id"), fields.textOrEmpty("connectionString"), new SqlEndpointState(state));
    }

    public static MirroringStatus status(Fields fields) {
        return new MirroringStatus(
                new MirroringState(fields.text("status")), ErrorReader.of(fields.object("error"), Redaction.NONE));
    }

    public static TableMirroringStatus table(Fields fields) {
        Fields metrics = fields.object("metrics");
        String objectType = fields.textOrNull("sourceObjectType");
        Integer latency = metrics.integerOrNull("lastSyncLatencyInSeconds");
        return new TableMirroringStatus(
                objectType == null ? SourceObjectType.TABLE : new SourceObjectType(objectType),
                fields.textOrEmpty("sourceSchemaName"),
                fields.textOrEmpty("sourceTableName"),
                new TableMirroringState(fields.text("status")),
                metrics.number("processedRows", 0),
                metrics.number("processedBytes", 0),
                metrics.timeOrNull("lastSyncDateTime"),
                latency == null ? null : Duration.ofSeconds(latency),
                ErrorReader.of(fields.object("error"), Redaction.NONE));
    }
}
