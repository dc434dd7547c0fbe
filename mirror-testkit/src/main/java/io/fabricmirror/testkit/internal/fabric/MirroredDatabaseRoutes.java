package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.mirror.Failure;
import io.fabricmirror.testkit.internal.mirror.MirrorRun;
import io.fabricmirror.testkit.internal.mirror.SourceLogin;
import io.fabricmirror.testkit.internal.mirror.TableCopy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mirrored databases: made, defined, started, stopped, looked at. */
final class MirroredDatabaseRoutes {
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_DESCRIPTION = 256;
    // "Several minutes" by those who retry it.
    private static final Duration NAME_HELD = Duration.ofMinutes(5);
    private static final DateTimeFormatter SYNC_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'");
    private static final Failure NO_CONNECTION = new Failure(
            "SourceConnectionNotFound",
            "Failed to get source connection. Please check if the source connection exists and you have the permission.");

    private final Tenant tenant;
    private final ConnectionRoutes connections;
    private final Pacer time;

    MirroredDatabaseRoutes(Tenant tenant, ConnectionRoutes connections, Pacer time) {
        this.tenant = tenant;
        this.connections = connections;
        this.time = time;
    }

    void addTo(Routes routes) {
        String all = "/v1/workspaces/{workspaceId}/mirroredDatabases";
        String one = all + "/{mirroredDatabaseId}";
        routes.add("GET", all, "Items_ListMirroredDatabases", this::list);
        routes.add("POST", all, "Items_CreateMirroredDatabase", this::create);
        routes.add("GET", one, "Items_GetMirroredDatabase", this::get);
        routes.add("PATCH", one, "Items_UpdateMirroredDatabase", this::update);
        routes.add("DELETE", one, "Items_DeleteMirroredDatabase", this::delete);
        routes.add("POST", one + "/getDefinition", "Items_GetMirroredDatabaseDefinition", this::getDefinition);
        routes.add("POST", one + "/updateDefinition", "Items_UpdateMirroredDatabaseDefinition", this::updateDefinition);
        routes.add("POST", one + "/startMirroring", "Mirroring_StartMirroring", this::start);
        routes.add("POST", one + "/stopMirroring", "Mirroring_StopMirroring", this::stop);
        routes.add("POST", one + "/getMirroringStatus", "Mirroring_GetMirroringStatus", this::status);
        routes.add("POST", one + "/getTablesMirroringStatus", "Mirroring_GetTablesMirroringStatus", this::tables);
    }

    private Workspace workspace(Asked asked, String role) {
        return WorkspaceRoutes.workspace(tenant, asked, role);
    }

    private MirroredDatabase mirror(Asked asked, String role) {
        String id = asked.variables().containsKey("itemId")
                ? asked.variable("itemId")
                : asked.variable("mirroredDatabaseId");
        return workspace(asked, role).mirror(id).orElseThrow(FabricErrors::itemNotFound);
    }

    private Answer list(Asked asked) {
        return tenant.paging()
                .page(
                        asked,
                        "value",
                        workspace(asked, "Viewer").mirrors().stream()
                                .map(MirroredDatabase::json)
                                .toList());
    }

    Answer create(Asked asked) {
        Workspace workspace = workspace(asked, "Contributor");
        JsonNode body = asked.json();
        String name = Json.text(body, "displayName")
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_NAME)
                .orElseThrow(() -> FabricErrors.invalidInput("The displayName field is required"));
        String description = description(body).orElse("");
        Definition definition = Definition.read(body);
        Optional<String> folder = Folders.id(Json.text(body, "folderId"));
        workspace.folders().require(folder);
        requireActive(workspace);
        requireFreeName(workspace, name);

        MirroredDatabase mirror = new MirroredDatabase(workspace, asked.caller(), time, name, description, definition);
        mirror.move(folder);
        workspace.add(mirror);
        return Answer.json(201, mirror.item()).with("ETag", "\"\"");
    }

    private static Optional<String> description(JsonNode body) {
        Optional<String> description = Json.text(body, "description");
        if (description.filter(text -> text.length() > LONGEST_DESCRIPTION).isPresent()) {
            throw FabricErrors.invalidInput("The description has more than " + LONGEST_DESCRIPTION + " characters");
        }
        return description;
    }

    private static void requireActive(Workspace workspace) {
        if (workspace.capacity().isEmpty()) {
            throw FabricErrors.refuse(
                    400, "WorkspaceHasNoCapacityAssigned", "The workspace is not assigned to a capacity");
        }
        if (!workspace.active()) {
            throw FabricErrors.refuse(
                    400, "CapacityNotInActiveState", "The capacity of the workspace is not in an active state");
        }
    }

    private void requireFreeName(Workspace workspace, String name) {
        if (workspace.mirrors().stream().anyMatch(other -> other.displayName().equals(name))) {
            throw FabricErrors.refuse(409, "ItemDisplayNameAlreadyInUse", "Requested '" + name + "' is already in use");
        }
        if (workspace.nameHeld(name, time.now())) {
            throw FabricErrors.refuse(
                    400,
                    "ItemDisplayNameNotAvailableYet",
                    "Requested '" + name + "' is not available yet and is expected to become available in the upcoming"
                            + " minutes");
        }
    }

    private Answer get(Asked asked) {
        return Answer.json(200, mirror(asked, "Viewer").json()).with("ETag", "\"\"");
    }

    Answer update(Asked asked) {
        Workspace workspace = workspace(asked, "Contributor");
        MirroredDatabase mirror = mirror(asked, "Contributor");
        JsonNode body = asked.json();
        Optional<String> name = Json.text(body, "displayName").filter(text -> !text.equals(mirror.displayName()));
        Optional<String> description = description(body);
        if (name.filter(String::isBlank).isPresent()) {
            throw FabricErrors.refuse(400, "InvalidRequest", "The displayName is blank");
        }
        name.ifPresent(text -> requireFreeName(workspace, text));
        name.ifPresent(mirror::rename);
        description.ifPresent(mirror::describe);
        return Answer.json(200, mirror.item()).with("ETag", "\"\"");
    }

    Answer delete(Asked asked) {
        boolean hard = asked.parameter("hardDelete").filter("true"::equals).isPresent();
        Workspace workspace = workspace(asked, hard ? "Admin" : "Contributor");
        MirroredDatabase mirror = mirror(asked, "Contributor");
        mirror.removed();
        workspace.remove(mirror, time.now().plus(NAME_HELD));
        return Answer.empty(200);
    }

    // Read and write is asked for here, though it only reads.
    Answer getDefinition(Asked asked) {
        MirroredDatabase mirror = mirror(asked, "Contributor");
        return Answer.json(200, mirror.definition().json(mirror.displayName(), mirror.description()));
    }

    Answer updateDefinition(Asked asked) {
        MirroredDatabase mirror = mirror(asked, "Contributor");
        Definition changed = Definition.read(asked.json());
        boolean atRest = Set.of("Initialized", "Stopped").contains(mirror.status());
        if (!atRest && !changed.sameSource(mirror.definition())) {
            throw notNow(mirror);
        }

        mirror.define(changed);
        if (asked.parameter("updateMetadata").filter(Boolean::parseBoolean).isPresent()) {
            JsonNode metadata = Definition.metadata(asked.json());
            Json.text(metadata, "displayName")
                    .filter(name -> !name.equals(mirror.displayName()))
                    .ifPresent(name -> {
                        requireFreeName(workspace(asked, "Contributor"), name);
                        mirror.rename(name);
                    });
            Json.text(metadata, "description").ifPresent(mirror::describe);
        }
        return Answer.empty(200);
    }

    private static RuntimeException notNow(MirroredDatabase mirror) {
        return FabricErrors.refuse(
                400,
                "OperationNotAllowedInCurrentStatus",
                "The operation is not allowed in the current status: " + mirror.status());
    }

    private Answer start(Asked asked) {
        Workspace workspace = workspace(asked, "Contributor");
        MirroredDatabase mirror = mirror(asked, "Contributor");
        if (!Set.of("Initialized", "Stopped", "Paused").contains(mirror.status())) {
            throw notNow(mirror);
        }

        requireActive(workspace);
        mirror.end();
        Definition definition = mirror.definition();
        if (!definition.isPostgres()) {
            mirror.started(Optional.empty(), Optional.empty());
            return Answer.empty(200);
        }

        Optional<SourceLogin> login =
                connections.login(definition.connectionId().orElseThrow(), mirror.owner(), definition.database());
        mirror.started(
                login.map(source -> run(workspace, mirror, source)),
                login.isPresent() ? Optional.empty() : Optional.of(NO_CONNECTION));
        return Answer.empty(200);
    }

    private MirrorRun run(Workspace workspace, MirroredDatabase mirror, SourceLogin login) {
        return new MirrorRun(
                mirror.id(), login, mirror.definition().mountedTables(), () -> mayWrite(workspace, login), time);
    }

    private static boolean mayWrite(Workspace workspace, SourceLogin login) {
        return workspace.active()
                && login.server()
                        .principalId()
                        .filter(principal -> workspace.allows(principal, "Contributor"))
                        .isPresent();
    }

    private Answer stop(Asked asked) {
        MirroredDatabase mirror = mirror(asked, "Contributor");
        if (!Set.of("Starting", "Running", "Paused").contains(mirror.status())) {
            throw notNow(mirror);
        }

        mirror.stopped();
        return Answer.empty(200);
    }

    private Answer status(Asked asked) {
        return Answer.json(200, mirror(asked, "Viewer").statusJson());
    }

    private Answer tables(Asked asked) {
        MirroredDatabase mirror = mirror(asked, "Viewer");
        List<ObjectNode> rows = mirror.status().equals("Running")
                ? mirror.tables().stream().map(MirroredDatabaseRoutes::table).toList()
                : List.of();
        return tenant.paging().page(asked, "data", rows);
    }

    private static ObjectNode table(TableCopy copy) {
        return Json.object(
                "sourceObjectType", "Table",
                "sourceSchemaName", copy.table().schema(),
                "sourceTableName", copy.table().name(),
                "status", copy.state(),
                "metrics",
                        Json.object(
                                "processedBytes", copy.processedBytes(),
                                "processedRows", copy.processedRows(),
                                "lastSyncDateTime", syncTime(copy.lastSync())),
                "error", copy.failure().map(failure -> FabricErrors.embedded(failure.code(), failure.message())));
    }

    private static String syncTime(Instant instant) {
        return SYNC_TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}
