package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.token.Directory;
import java.util.Optional;

/** Workspaces made, changed, moved to a capacity, given an identity, and deleted. */
final class WorkspaceLifeRoutes {
    private static final int LONGEST_NAME = 256;

    private final Tenant tenant;
    private final Directory directory;
    private final FabricOperations operations;

    WorkspaceLifeRoutes(Tenant tenant, Directory directory, FabricOperations operations) {
        this.tenant = tenant;
        this.directory = directory;
        this.operations = operations;
    }

    void addTo(Routes routes) {
        String one = "/v1/workspaces/{workspaceId}";
        routes.add("POST", "/v1/workspaces", "Workspaces_CreateWorkspace", this::create);
        routes.add("PATCH", one, "Workspaces_UpdateWorkspace", this::update);
        routes.add("DELETE", one, "Workspaces_DeleteWorkspace", this::delete);
        routes.add("POST", one + "/assignToCapacity", "Workspaces_AssignToCapacity", this::assign);
        routes.add("POST", one + "/unassignFromCapacity", "Workspaces_UnassignFromCapacity", this::unassign);
        routes.add("POST", one + "/provisionIdentity", "Workspaces_ProvisionIdentity", this::provision);
        routes.add("POST", one + "/deprovisionIdentity", "Workspaces_DeprovisionIdentity", this::deprovision);
    }

    private Workspace workspace(Asked asked) {
        return WorkspaceRoutes.workspace(tenant, asked, "Admin");
    }

    private Answer create(Asked asked) {
        JsonNode body = asked.json();
        String name = Json.text(body, "displayName").orElse("");
        requireName(name);
        Optional<Capacity> capacity = Json.text(body, "capacityId").map(this::capacity);
        Workspace workspace = new Workspace(name, Json.text(body, "description").orElse(""));
        workspace.capacity(capacity);
        workspace.role(asked.caller(), "Admin");
        tenant.add(workspace);
        return Answer.json(201, workspace.json())
                .with("Location", "https://" + FabricService.HOST + "/v1/workspaces/" + workspace.id());
    }

    private void requireName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.equals("Admin monitoring")) {
            throw FabricErrors.invalidInput("The displayName field is not valid");
        }
        if (tenant.workspaces().stream().anyMatch(other -> other.displayName().equals(name))) {
            throw FabricErrors.refuse(409, "WorkspaceNameAlreadyExists", "Workspace name already exists");
        }
    }

    private Capacity capacity(String id) {
        return tenant.capacity(id).orElseThrow(FabricErrors::entityNotFound);
    }

    private Answer update(Asked asked) {
        Workspace workspace = workspace(asked);
        Optional<String> name =
                Json.text(asked.json(), "displayName").filter(text -> !text.equals(workspace.displayName()));
        name.ifPresent(this::requireName);
        name.ifPresent(workspace::rename);
        Json.text(asked.json(), "description").ifPresent(workspace::describe);
        return Answer.json(200, workspace.json());
    }

    // What its mirrors hold at their sources stays there: publications that nobody reads any more.
    private Answer delete(Asked asked) {
        Workspace workspace = workspace(asked);
        workspace.mirrors().forEach(MirroredDatabase::end);
        tenant.remove(workspace);
        return Answer.empty(200);
    }

    private Answer assign(Asked asked) {
        Workspace workspace = workspace(asked);
        Capacity capacity = Json.text(asked.json(), "capacityId")
                .map(this::capacity)
                .orElseThrow(() -> FabricErrors.invalidInput("The capacityId field is required"));
        workspace.capacity(Optional.of(capacity));
        return Answer.empty(202);
    }

    private Answer unassign(Asked asked) {
        Workspace workspace = workspace(asked);
        if (!workspace.mirrors().isEmpty()) {
            throw FabricErrors.refuse(
                    400, "WorkspaceHasFabricItems", "A workspace with Fabric items cannot be unassigned");
        }

        workspace.capacity(Optional.empty());
        return Answer.empty(202);
    }

    private Answer provision(Asked asked) {
        Workspace workspace = workspace(asked);
        if (workspace.identity().isPresent()) {
            throw FabricErrors.refuse(400, "WorkspaceIdentityAlreadyExists", "The workspace has an identity already");
        }

        LocalIdentity identity = directory.add(workspace.displayName(), "ServicePrincipal");
        workspace.identity(Optional.of(identity));
        return operations.accept(Optional.of(Workspace.identityJson(identity)), 5);
    }

    private Answer deprovision(Asked asked) {
        Workspace workspace = workspace(asked);
        LocalIdentity identity = workspace
                .identity()
                .orElseThrow(
                        () -> FabricErrors.refuse(404, "WorkspaceIdentityNotFound", "The workspace has no identity"));
        directory.remove(identity.id());
        workspace.identity(Optional.empty());
        return operations.accept(Optional.empty(), 5);
    }
}
