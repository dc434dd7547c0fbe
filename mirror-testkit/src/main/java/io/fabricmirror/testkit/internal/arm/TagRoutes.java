package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.ServerId;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.vault.Vault;
import io.fabricmirror.testkit.internal.vault.VaultService;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The tags of any resource: merged, replaced or deleted one by one, so that two who change different ones do not meet. */
final class TagRoutes {
    private static final String IN_GROUP = "/subscriptions/{subscription}/resourceGroups/{group}/providers/";
    private static final String TAGS = "/providers/Microsoft.Resources/tags/default";

    private final Servers servers;
    private final VaultService vaults;

    private record Tagged(Supplier<Map<String, String>> read, Consumer<Map<String, String>> write) {}

    TagRoutes(Servers servers, VaultService vaults) {
        this.servers = servers;
        this.vaults = vaults;
    }

    void addTo(Routes routes) {
        for (String type :
                new String[] {"Microsoft.DBforPostgreSQL/flexibleServers/{server}", "Microsoft.KeyVault/vaults/{vault}"
                }) {
            routes.add("GET", IN_GROUP + type + TAGS, "Tags_GetAtScope", this::get);
            routes.add("PATCH", IN_GROUP + type + TAGS, "Tags_UpdateAtScope", this::update);
        }
    }

    private Tagged tagged(Asked asked) {
        if (asked.variables().containsKey("vault")) {
            Vault vault = VaultRoutes.find(vaults, asked);
            return new Tagged(vault::tags, vault::tags);
        }

        ServerId id = new ServerId(asked.variable("subscription"), asked.variable("group"), asked.variable("server"));
        ServerProperties properties = servers.find(id)
                .orElseThrow(() -> ArmErrors.serverNotFound(id.resourceGroup(), id.name()))
                .properties();
        return new Tagged(properties::tags, properties::tags);
    }

    private Answer get(Asked asked) {
        return answer(asked, tagged(asked).read().get());
    }

    private synchronized Answer update(Asked asked) {
        Tagged tagged = tagged(asked);
        JsonNode body = asked.json();
        Map<String, String> named = new TreeMap<>();
        body.path("properties")
                .path("tags")
                .properties()
                .forEach(tag -> named.put(tag.getKey(), tag.getValue().asText()));
        Map<String, String> tags = new TreeMap<>(tagged.read().get());
        switch (Json.text(body, "operation").orElse("")) {
            case "Merge" -> tags.putAll(named);
            case "Delete" -> tags.entrySet().removeAll(named.entrySet());
            case "Replace" -> {
                tags.clear();
                tags.putAll(named);
            }
            default ->
                throw ArmErrors.refuse(
                        400, "InvalidTagsPatchOperation", "The operation must be Merge, Replace or Delete.");
        }
        tagged.write().accept(tags);
        return answer(asked, tags);
    }

    private static Answer answer(Asked asked, Map<String, String> tags) {
        return Answer.json(
                200,
                Json.object(
                        "properties",
                        Json.object("tags", tags),
                        "id",
                        asked.request().path(),
                        "name",
                        "default",
                        "type",
                        "Microsoft.Resources/tags"));
    }
}
