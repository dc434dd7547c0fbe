package io.fabricmirror.fabric.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.Principal;
import io.fabricmirror.fabric.PrincipalType;
import io.fabricmirror.fabric.RoleAssignment;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The role assignments of a workspace, a connection or a gateway: the same five calls at three addresses. */
public final class Roles<R> {
    private final Transport transport;
    private final String kind;
    private final UUID id;
    private final Function<String, R> role;

    /** Kind is the word of the path, such as {@code workspaces}. */
    public Roles(Transport transport, String kind, UUID id, Function<String, R> role) {
        this.transport = transport;
        this.kind = kind;
        this.id = id;
        this.role = role;
    }

    public List<RoleAssignment<R>> list() {
        FabricRequest request = FabricRequest.get("list roles of " + kind + " " + id, kind, id, "roleAssignments");
        return transport.pages(request, "value", this::read);
    }

    public RoleAssignment<R> add(Principal principal, String roleName) {
        ObjectNode body = Json.object();
        body.putObject("principal")
                .put("id", principal.id().toString())
                .put("type", principal.type().value());
        body.put("role", roleName);
        String what = "give " + principal.id() + " role " + roleName + " in " + kind + " " + id;
        return transport.call(
                FabricRequest.create(what, kind, id, "roleAssignments").body(body), this::read);
    }

    public RoleAssignment<R> update(UUID assignment, String roleName) {
        String what = "change role of " + assignment + " in " + kind + " " + id + " to " + roleName;
        FabricRequest request = FabricRequest.patch(what, kind, id, "roleAssignments", assignment)
                .body(Json.object().put("role", roleName));
        return transport.call(request, this::read);
    }

    public void delete(UUID assignment) {
        String what = "take role from " + assignment + " in " + kind + " " + id;
        transport.send(FabricRequest.delete(what, kind, id, "roleAssignments", assignment));
    }

    private RoleAssignment<R> read(Fields fields) {
        return new RoleAssignment<>(
                fields.id("id"), principal(fields.object("principal")), role.apply(fields.text("role")));
    }

    static Principal principal(Fields fields) {
        return new Principal(
                fields.id("id"), new PrincipalType(fields.text("type")), fields.textOrEmpty("displayName"));
    }
}
