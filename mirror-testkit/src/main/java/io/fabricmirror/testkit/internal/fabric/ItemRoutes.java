package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The generic way to the same items. Each mirrored database has a SQL endpoint beside it, of the same name. */
final class ItemRoutes {
    private final Tenant tenant;
    private final MirroredDatabaseRoutes mirrors;

    ItemRoutes(Tenant tenant, MirroredDatabaseRoutes mirrors) {
        this.tenant = tenant;
        this.mirrors = mirrors;
    }

    void addTo(Routes routes) {
        String all = "/v1/workspaces/{workspaceId}/items";
        String one = all + "/{itemId}";
        routes.add("GET", all, "Items_ListItems", this::list);
        routes.add("POST", all, "Items_CreateItem", this::create);
        routes.add("GET", one, "Items_GetItem", this::get);
        routes.add("POST", one + "/move", "Items_MoveItem", this::move);
        routes.add("PATCH", one, "Items_UpdateItem", mirrors::update);
        routes.add("DELETE", one, "Items_DeleteItem", mirrors::delete);
        routes.add("POST", one + "/getDefinition", "Items_GetItemDefinition", mirrors::getDefinition);
        routes.add("POST", one + "/updateDefinition", "Items_UpdateItemDefinition", mirrors::updateDefinition);
        routes.add("GET", one + "/connections", "Items_ListItemConnections", this::connections);
    }

    private Answer list(Asked asked) {
        String type = asked.parameter("type").orElse("");
        List<ObjectNode> wanted = items(WorkspaceRoutes.workspace(tenant, asked, "Viewer")).stream()
                .filter(item -> type.isEmpty() || item.path("type").asText().equals(type))
                .toList();
        return tenant.paging().page(asked, "value", wanted);
    }

    private static List<ObjectNode> items(Workspace workspace) {
        List<ObjectNode> items = new ArrayList<>();
        for (MirroredDatabase mirror : workspace.mirrors()) {
            if (mirror.hasSqlEndpoint()) {
                items.add(mirror.sqlEndpoint());
            }
            items.add(mirror.item());
        }
        return items;
    }

    private Answer get(Asked asked) {
        return items(WorkspaceRoutes.workspace(tenant, asked, "Viewer")).stream()
                .filter(item -> item.path("id").asText().equals(asked.variable("itemId")))
                .findFirst()
                .map(item -> Answer.json(200, item).with("ETag", "\"\""))
                .orElseThrow(FabricErrors::itemNotFound);
    }

    // Items of other types cannot be mirrored into, so there are none here.
    private Answer create(Asked asked) {
        String type = Json.text(asked.json(), "type").orElse("");
        if (!type.equals("MirroredDatabase")) {
            throw FabricErrors.refuse(400, "UnsupportedItemType", "The item type '" + type + "' is not supported");
        }
        return mirrors.create(asked);
    }

    private Answer move(Asked asked) {
        Workspace workspace = WorkspaceRoutes.workspace(tenant, asked, "Contributor");
        MirroredDatabase mirror = workspace.mirror(asked.variable("itemId")).orElseThrow(FabricErrors::itemNotFound);
        Optional<String> folder = Folders.id(Json.text(asked.json(), "targetFolderId"));
        workspace.folders().require(folder);
        mirror.move(folder);
        return Answer.json(200, Json.object("value", Json.array(List.of(mirror.item()))));
    }

    private Answer connections(Asked asked) {
        List<ObjectNode> bound = WorkspaceRoutes.workspace(tenant, asked, "Viewer")
                .mirror(asked.variable("itemId"))
                .orElseThrow(FabricErrors::itemNotFound)
                .definition()
                .connectionId()
                .flatMap(tenant::connection)
                .map(connection -> List.of(connection.boundJson()))
                .orElse(List.of());
        return tenant.paging().page(asked, "value", bound);
    }
}
