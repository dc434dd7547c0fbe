package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.place.Place;
import io.fabricmirror.testkit.internal.vault.Vault;
import io.fabricmirror.testkit.internal.vault.VaultService;
import java.util.List;

/** The vaults as resources: their network rules and tags. */
final class VaultRoutes {
    private static final String PROVIDER = "/providers/Microsoft.KeyVault/vaults";

    private final VaultService vaults;

    VaultRoutes(VaultService vaults) {
        this.vaults = vaults;
    }

    void addTo(Routes routes) {
        String inGroup = "/subscriptions/{subscription}/resourceGroups/{group}" + PROVIDER;
        routes.add("GET", "/subscriptions/{subscription}" + PROVIDER, "Vaults_ListBySubscription", this::list);
        routes.add("GET", inGroup, "Vaults_ListByResourceGroup", this::list);
        routes.add("GET", inGroup + "/{vault}", "Vaults_Get", this::get);
        routes.add("PATCH", inGroup + "/{vault}", "Vaults_Update", this::update);
    }

    private Answer list(Asked asked) {
        return Answer.json(
                200,
                Json.object(
                        "value",
                        Json.array(vaults.all().stream().map(Vault::resource).toList())));
    }

    private Answer get(Asked asked) {
        return Answer.json(200, resource(asked));
    }

    private ObjectNode resource(Asked asked) {
        return find(vaults, asked).resource();
    }

    static Vault find(VaultService vaults, Asked asked) {
        String group = asked.variable("group");
        return vaults.find(asked.variable("vault"))
                .filter(vault -> group.equalsIgnoreCase(Place.GROUP))
                .orElseThrow(() -> ArmErrors.refuse(
                        404,
                        "ResourceNotFound",
                        "The Resource 'Microsoft.KeyVault/vaults/" + asked.variable("vault")
                                + "' under resource group '"
                                + group + "' was not found. For more details please go to"
                                + " https://aka.ms/ARMResourceNotFoundFix"));
    }

    // Unlike a server's, a vault's change is done when the answer comes.
    private Answer update(Asked asked) {
        JsonNode body = asked.json();
        List<String> wrong = Vault.wrongRanges(body.path("properties"));
        if (!wrong.isEmpty()) {
            throw ArmErrors.refuse(
                    400, "BadRequest", "Provided IP address range is invalid: '" + String.join(", ", wrong) + "'.");
        }

        find(vaults, asked).patch(body);
        return Answer.json(200, resource(asked));
    }
}
