package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.List;
import java.util.Optional;

/** The folders of a workspace, which tools that publish a tree of files ask for first. */
final class FolderRoutes {
    private static final int LONGEST_NAME = 255;

    private final Tenant tenant;

    FolderRoutes(Tenant tenant) {
        this.tenant = tenant;
    }

    void addTo(Routes routes) {
        String all = "/v1/workspaces/{workspaceId}/folders";
        String one = all + "/{folderId}";
        routes.add("GET", all, "Folders_ListFolders", this::list);
        routes.add("POST", all, "Folders_CreateFolder", this::create);
        routes.add("GET", one, "Folders_GetFolder", this::get);
        routes.add("PATCH", one, "Folders_UpdateFolder", this::update);
        routes.add("DELETE", one, "Folders_DeleteFolder", this::delete);
    }

    private Workspace workspace(Asked asked, String role) {
        return WorkspaceRoutes.workspace(tenant, asked, role);
    }

    private Answer list(Asked asked) {
        Workspace workspace = workspace(asked, "Viewer");
        Optional<String> root = Folders.id(asked.parameter("rootFolderId"));
        boolean deep = asked.parameter("recursive").map(Boolean::parseBoolean).orElse(true);
        workspace.folders().require(root);
        List<ObjectNode> found = workspace.folders().under(root, deep).stream()
                .map(folder -> folder.json(workspace.id()))
                .toList();
        return tenant.paging().page(asked, "value", found);
    }

    private Answer create(Asked asked) {
        Workspace workspace = workspace(asked, "Contributor");
        Optional<String> parent = Folders.id(Json.text(asked.json(), "parentFolderId"));
        workspace.folders().require(parent);
        Folders.Folder made = workspace.folders().add(name(asked), parent);
        return Answer.json(201, made.json(workspace.id()));
    }

    private static String name(Asked asked) {
        return Json.text(asked.json(), "displayName")
                .filter(name -> !name.isBlank() && name.length() <= LONGEST_NAME)
                .filter(name -> name.equals(name.strip()) && !name.matches(".*[~\"#.&*:<>?/\\\\{|}].*"))
                .orElseThrow(() -> FabricErrors.refuse(
                        400, "InvalidFolderDisplayName", "The provided folder display name is invalid"));
    }

    private Answer get(Asked asked) {
        Workspace workspace = workspace(asked, "Viewer");
        return Answer.json(
                200, workspace.folders().get(asked.variable("folderId")).json(workspace.id()));
    }

    private Answer update(Asked asked) {
        Workspace workspace = workspace(asked, "Contributor");
        return Answer.json(
                200,
                workspace
                        .folders()
                        .rename(asked.variable("folderId"), name(asked))
                        .json(workspace.id()));
    }

    private Answer delete(Asked asked) {
        Workspace workspace = workspace(asked, "Contributor");
        String id = workspace.folders().get(asked.variable("folderId")).id();
        if (workspace.mirrors().stream().anyMatch(mirror -> mirror.folderId().equals(Optional.of(id)))) {
            throw Folders.notEmpty();
        }
        workspace.folders().remove(id);
        return Answer.empty(200);
    }
}
