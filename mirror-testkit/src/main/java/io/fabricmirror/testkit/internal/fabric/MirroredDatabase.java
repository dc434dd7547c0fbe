package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.mirror.Failure;
import io.fabricmirror.testkit.internal.mirror.MirrorRun;
import io.fabricmirror.testkit.internal.mirror.TableCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A mirrored database: what it is defined by, and where it stands by the clock and by its real run. Thread-safe. */
public final class MirroredDatabase {
    // As recorded: Initializing at 5 s and Initialized at 64 s; Running at 32 s; Stopped at 32 s.
    private static final Duration INITIALIZING = Duration.ofSeconds(60);
    // As recorded: not listed after 1 second, listed after 7, long before it is provisioned.
    private static final Duration SQL_ENDPOINT_LISTED = Duration.ofSeconds(5);
    private static final Duration STARTING = Duration.ofSeconds(30);
    private static final Duration STOPPING = Duration.ofSeconds(30);

    private final String id = UUID.randomUUID().toString();
    private final String sqlEndpointId = UUID.randomUUID().toString();
    private final Workspace workspace;
    private final LocalIdentity owner;
    private final Pacer time;
    private final Instant createdAt;
    private String displayName;
    private String description;
    private Optional<String> folderId = Optional.empty();
    private Definition definition;
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> stoppedAt = Optional.empty();
    private Optional<MirrorRun> run = Optional.empty();
    private Optional<Failure> noRun = Optional.empty();

    MirroredDatabase(
            Workspace workspace,
            LocalIdentity owner,
            Pacer time,
            String displayName,
            String description,
            Definition definition) {
        this.workspace = workspace;
        this.owner = owner;
        this.time = time;
        this.createdAt = time.now();
        this.displayName = displayName;
        this.description = description;
        this.definition = definition;
    }

    /** Returns the item's id. */
    public String id() {
        return id;
    }

    /** Returns the item's name. */
    public synchronized String displayName() {
        return displayName;
    }

    synchronized String description() {
        return description;
    }

    synchronized Optional<String> folderId() {
        return folderId;
    }

    synchronized void move(Optional<String> folder) {
        folderId = folder;
    }

    LocalIdentity owner() {
        return owner;
    }

    synchronized void rename(String name) {
        displayName = name;
    }

    synchronized void describe(String text) {
        description = text;
    }

    synchronized Definition definition() {
        return definition;
    }

    synchronized void define(Definition changed) {
        definition = changed;
        run.ifPresent(running -> running.mount(changed.mountedTables()));
    }

    /** Returns the status in Fabric's words. */
    public synchronized String status() {
        Instant now = time.now();
        if (now.isBefore(createdAt.plus(INITIALIZING))) {
            return "Initializing";
        }
        if (startedAt.isEmpty()) {
            return "Initialized";
        }
        if (stoppedAt.isPresent()) {
            return now.isBefore(stoppedAt.get().plus(STOPPING)) ? "Stopping" : "Stopped";
        }
        if (now.isBefore(startedAt.get().plus(STARTING))
                || (run.isPresent() && !run.get().decided())) {
            return "Starting";
        }
        if (failure().isPresent()) {
            return "Stopped";
        }
        return workspace.active() ? "Running" : "Paused";
    }

    private Optional<Failure> failure() {
        return noRun.or(() -> run.flatMap(MirrorRun::failure));
    }

    /** Describes status and error. */
    synchronized ObjectNode statusJson() {
        String status = status();
        Optional<Failure> shown = switch (status) {
            case "Stopped" -> failure();
            case "Running" -> run.flatMap(MirrorRun::trouble);
            default -> Optional.empty();
        };
        return Json.object(
                "status",
                status,
                "error",
                shown.map(failure -> FabricErrors.embedded(failure.code(), failure.message())));
    }

    /** Returns what arrived, by table; also after a stop, for the copy stays. */
    public synchronized List<TableCopy> tables() {
        return run.map(MirrorRun::tables).orElse(List.of());
    }

    synchronized void started(Optional<MirrorRun> running, Optional<Failure> cannotRun) {
        startedAt = Optional.of(time.now());
        stoppedAt = Optional.empty();
        noRun = cannotRun;
        run = running;
        running.ifPresent(MirrorRun::start);
    }

    /** Stops the run, if there is one. */
    void stopped() {
        running().ifPresent(MirrorRun::stop);
        synchronized (this) {
            stoppedAt = Optional.of(time.now());
        }
    }

    private synchronized Optional<MirrorRun> running() {
        return run;
    }

    /** Ends the run and what it left at the source. */
    void removed() {
        running().ifPresent(MirrorRun::remove);
    }

    /** Ends the run, for its source is about to be gone. */
    public void end() {
        running().ifPresent(MirrorRun::end);
    }

    /** Tells whether there is real work to wait for. */
    public boolean busy() {
        return running().filter(MirrorRun::busy).isPresent();
    }

    boolean hasSqlEndpoint() {
        return !time.now().isBefore(createdAt.plus(SQL_ENDPOINT_LISTED));
    }

    /** Describes the item in lists and as an answer to its creation. */
    synchronized ObjectNode item() {
        return Json.object(
                "id", id,
                "type", "MirroredDatabase",
                "displayName", displayName,
                "description", description,
                "workspaceId", workspace.id(),
                "folderId", folderId);
    }

    /** Describes the item with its properties. */
    synchronized ObjectNode json() {
        boolean ready = !status().equals("Initializing");
        String tables = "https://onelake.dfs.fabric.microsoft.com/" + workspace.id() + "/" + id + "/Tables";
        String endpoint = sqlEndpointId.replace("-", "") + ".datawarehouse.fabric.microsoft.com";
        ObjectNode properties = Json.object(
                "oneLakeTablesPath", ready ? tables : null,
                "sqlEndpointProperties",
                        Json.object(
                                "connectionString", ready ? endpoint : null,
                                "id", ready ? sqlEndpointId : null,
                                "provisioningStatus", ready ? "Success" : "InProgress"),
                "defaultSchema", definition.defaultSchema());
        ObjectNode json = item();
        json.set("properties", properties);
        return json;
    }

    /** Describes the SQL endpoint, which bears the same name. */
    synchronized ObjectNode sqlEndpoint() {
        return Json.object(
                "id",
                sqlEndpointId,
                "type",
                "SQLEndpoint",
                "displayName",
                displayName,
                "description",
                "",
                "workspaceId",
                workspace.id(),
                "folderId",
                folderId);
    }
}
