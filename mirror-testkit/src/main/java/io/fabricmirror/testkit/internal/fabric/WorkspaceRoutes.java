package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Refusal;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.token.Directory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Workspaces, who has which role in them, and capacities. */
final class WorkspaceRoutes {
    private static final Set<String> PRINCIPAL_TYPES =
            Set.of("User", "ServicePrincipal", "Group", "ServicePrincipalProfile");

    private final Tenant tenant;
    private final Directory directory;

    WorkspaceRoutes(Tenant tenant, Directory directory) {
        this.tenant = tenant;
        this.directory = directory;
    }

    void addTo(Routes routes) {
        String workspace = "/v1/workspaces/{workspaceId}";
        String assignments = workspace + "/roleAssignments";
        String assignment = assignments + "/{workspaceRoleAssignmentId}";
        routes.add("GET", "/v1/workspaces", "Workspaces_ListWorkspaces", this::list);
        routes.add("GET", workspace, "Workspaces_GetWorkspace", this::get);
        routes.add("GET", assignments, "Workspaces_ListWorkspaceRoleAssignments", this::listRoles);
        routes.add("POST", assignments, "Workspaces_AddWorkspaceRoleAssignment", this::addRole);
        routes.add("GET", assignment, "Workspaces_GetWorkspaceRoleAssignment", this::getRole);
        routes.add("PATCH", assignment, "Workspaces_UpdateWorkspaceRoleAssignment", this::updateRole);
        routes.add("DELETE", assignment, "Workspaces_DeleteWorkspaceRoleAssignment", this::deleteRole);
        routes.add("GET", "/v1/capacities", "Capacities_ListCapacities", this::listCapacities);
        routes.add("GET", "/v1/capacities/{capacityId}", "Capacities_GetCapacity", this::getCapacity);
    }

    /** Returns the workspace that is asked about, if the caller has the role. */
    static Workspace workspace(Tenant tenant, Asked asked, String role) {
        Workspace workspace = tenant.workspace(asked.variable("workspaceId"))
                .orElseThrow(
                        () -> FabricErrors.refuse(404, "WorkspaceNotFound", "The requested workspace was not found"));
        workspace.require(asked.caller(), role);
        return workspace;
    }

    private Answer list(Asked asked) {
        Optional<List<String>> roles = asked.parameter("roles").map(text -> Arrays.asList(text.split("\\s*,\\s*")));
        roles.filter(asks -> !Workspace.ROLES.containsAll(asks)).ifPresent(wrong -> {
            throw FabricErrors.refuse(400, "InvalidParameter", "The roles are not valid: " + wrong);
        });
        List<ObjectNode> visible = tenant.workspaces().stream()
                .filter(workspace -> workspace
                        .roleOf(asked.caller().id())
                        .filter(role -> roles.isEmpty() || roles.get().contains(role))
                        .isPresent())
                .map(Workspace::json)
                .toList();
        return tenant.paging().page(asked, "value", visible);
    }

    private Answer get(Asked asked) {
        return Answer.json(200, workspace(tenant, asked, "Viewer").info());
    }

    private Answer listRoles(Asked asked) {
        return tenant.paging()
                .page(
                        asked,
                        "value",
                        workspace(tenant, asked, "Member").assignments().stream()
                                .map(Workspace.Assignment::json)
                                .toList());
    }

    private Answer getRole(Asked asked) {
        return Answer.json(
                200, assignment(workspace(tenant, asked, "Member"), asked).json());
    }

    private static Workspace.Assignment assignment(Workspace workspace, Asked asked) {
        return workspace
                .assignment(asked.variable("workspaceRoleAssignmentId"))
                .orElseThrow(FabricErrors::entityNotFound);
    }

    private Answer addRole(Asked asked) {
        Workspace workspace = workspace(tenant, asked, "Member");
        JsonNode body = asked.json();
        String id = Json.text(body, "principal", "id")
                .orElseThrow(() -> FabricErrors.invalidInput("The principal.id field is required"));
        String type = Json.text(body, "principal", "type")
                .filter(PRINCIPAL_TYPES::contains)
                .orElseThrow(() -> FabricErrors.invalidInput("The principal.type field is not valid"));
        String role = role(body);
        mayGive(workspace, asked.caller(), role);
        if (type.equals("ServicePrincipalProfile")) {
            throw aboutPrincipal(
                    "WorkspaceRoleNotAllowedForServicePrincipalProfile",
                    "The provided role cannot be assigned to the provided profile",
                    workspace,
                    id);
        }

        LocalIdentity identity = directory
                .findReplicated(id)
                .filter(found -> found.type().equals(type))
                .orElseThrow(() ->
                        aboutPrincipal("PrincipalNotFound", "The provided principal was not found", workspace, id));
        if (workspace.roleOf(id).isPresent()) {
            throw FabricErrors.refuse(
                    409,
                    "PrincipalAlreadyHasWorkspaceRolePermissions",
                    "The provided principal already has a role assigned in the workspace");
        }

        workspace.role(identity, role);
        return Answer.json(201, workspace.assignment(id).orElseThrow().json())
                .with(
                        "Location",
                        "https://" + FabricService.HOST + "/v1/workspaces/" + workspace.id() + "/roleAssignments/"
                                + id);
    }

    // The service takes the role in any case: the recordings send "member".
    private static String role(JsonNode body) {
        String asked = Json.text(body, "role").orElse("");
        return Workspace.ROLES.stream()
                .filter(role -> role.equalsIgnoreCase(asked))
                .findFirst()
                .orElseThrow(() -> FabricErrors.invalidInput("The role field is not valid"));
    }

    private static void mayGive(Workspace workspace, LocalIdentity caller, String role) {
        if (role.equals("Admin")) {
            workspace.require(caller, "Admin");
        }
    }

    private static Refusal aboutPrincipal(String code, String message, Workspace workspace, String principalId) {
        Answer answer = FabricErrors.answer(
                400,
                code,
                message,
                List.of(Json.object("relatedResource", FabricErrors.related(principalId, "Principal"))));
        ObjectNode body = (ObjectNode) Json.read(answer.body()).orElseThrow();
        body.set("relatedResource", FabricErrors.related(workspace.id(), "Workspace"));
        return new Refusal(new Answer(answer.status(), answer.headers(), body.toString()));
    }

    private Answer updateRole(Asked asked) {
        Workspace workspace = workspace(tenant, asked, "Admin");
        Workspace.Assignment was = assignment(workspace, asked);
        String role = role(asked.json());
        if (!role.equals("Admin")) {
            keepAnAdministrator(workspace, was);
        }
        workspace.role(was.identity(), role);
        return Answer.json(200, assignment(workspace, asked).json());
    }

    private Answer deleteRole(Asked asked) {
        Workspace workspace = workspace(tenant, asked, "Admin");
        Workspace.Assignment was = assignment(workspace, asked);
        keepAnAdministrator(workspace, was);
        workspace.removeRole(was.identity().id());
        return Answer.empty(200);
    }

    private static void keepAnAdministrator(Workspace workspace, Workspace.Assignment leaving) {
        long administrators = workspace.assignments().stream()
                .filter(assignment -> assignment.role().equals("Admin"))
                .count();
        if (leaving.role().equals("Admin") && administrators == 1) {
            throw FabricErrors.refuse(
                    400, "CannotDeleteLastAdmin", "The role assignment of the last admin can't be changed");
        }
    }

    private Answer listCapacities(Asked asked) {
        return tenant.paging()
                .page(
                        asked,
                        "value",
                        tenant.capacities().stream().map(Capacity::json).toList());
    }

    private Answer getCapacity(Asked asked) {
        return tenant.capacity(asked.variable("capacityId"))
                .map(capacity -> Answer.json(200, capacity.json()))
                .orElseThrow(FabricErrors::entityNotFound);
    }
}
