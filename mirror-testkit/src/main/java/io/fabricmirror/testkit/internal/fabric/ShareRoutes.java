package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.token.Directory;
import java.util.function.BiFunction;

/** The role assignments of a connection or of a gateway. */
final class ShareRoutes {
    private final Tenant tenant;
    private final Directory directory;
    private final String kind;
    private final String giveRole;
    private final String manageRole;
    private final BiFunction<Asked, String, Shares> shares;

    /**
     * Serves one kind.
     *
     * @param kind {@code Connection} or {@code Gateway}
     * @param giveRole the role that may add others
     * @param manageRole the role that may change and remove others
     * @param shares finds what a request is about, if the caller has the role
     */
    ShareRoutes(
            Tenant tenant,
            Directory directory,
            String kind,
            String giveRole,
            String manageRole,
            BiFunction<Asked, String, Shares> shares) {
        this.tenant = tenant;
        this.directory = directory;
        this.kind = kind;
        this.giveRole = giveRole;
        this.manageRole = manageRole;
        this.shares = shares;
    }

    void addTo(Routes routes, String parent) {
        String all = parent + "/roleAssignments";
        String one = all + "/{roleAssignmentId}";
        String group = kind + "s_";
        routes.add("GET", all, group + "List" + kind + "RoleAssignments", this::list);
        routes.add("POST", all, group + "Add" + kind + "RoleAssignment", this::add);
        routes.add("GET", one, group + "Get" + kind + "RoleAssignment", this::get);
        routes.add("PATCH", one, group + "Update" + kind + "RoleAssignment", this::update);
        routes.add("DELETE", one, group + "Delete" + kind + "RoleAssignment", this::delete);
    }

    private Answer list(Asked asked) {
        return tenant.paging()
                .page(
                        asked,
                        "value",
                        shares.apply(asked, "").all().stream()
                                .map(Shares.Share::json)
                                .toList());
    }

    private Answer get(Asked asked) {
        return Answer.json(200, share(shares.apply(asked, ""), asked).json());
    }

    private static Shares.Share share(Shares shares, Asked asked) {
        return shares.find(asked.variable("roleAssignmentId")).orElseThrow(FabricErrors::entityNotFound);
    }

    private Answer add(Asked asked) {
        Shares found = shares.apply(asked, giveRole);
        String id = Json.text(asked.json(), "principal", "id")
                .orElseThrow(() -> FabricErrors.invalidInput("The principal.id field is required"));
        String type = asked.json().path("principal").path("type").asText();
        String role = role(found, asked.json());
        if (kind.equals("Gateway") && type.equals("ServicePrincipalProfile")) {
            throw FabricErrors.refuse(
                    400, "GatewayInvalidPrincipalType", "The principal type is not supported for Gateways");
        }

        // As recorded: an unknown principal is an unknown error here.
        LocalIdentity identity = directory.findReplicated(id).orElseThrow(FabricErrors::unknownError);
        found.put(identity, role);
        return Answer.json(201, found.find(id).orElseThrow().json())
                .with(
                        "Location",
                        "https://" + FabricService.HOST + asked.request().path() + "/" + id);
    }

    private static String role(Shares shares, JsonNode body) {
        return Json.text(body, "role")
                .filter(shares::knows)
                .orElseThrow(() -> FabricErrors.invalidInput("The role field is not valid"));
    }

    private Answer update(Asked asked) {
        Shares found = shares.apply(asked, manageRole);
        found.put(share(found, asked).identity(), role(found, asked.json()));
        return Answer.json(200, share(found, asked).json());
    }

    private Answer delete(Asked asked) {
        Shares found = shares.apply(asked, manageRole);
        found.remove(share(found, asked).identity().id());
        return Answer.empty(200);
    }
}
