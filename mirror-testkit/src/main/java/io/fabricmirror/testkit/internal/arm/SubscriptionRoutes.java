package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.place.Place;
import java.util.List;

/** What clients ask before they come to a server: tenant, subscription, group, providers. */
final class SubscriptionRoutes {
    private static final String ONE = "/subscriptions/{subscription}";

    private final String tenantId;

    SubscriptionRoutes(String tenantId) {
        this.tenantId = tenantId;
    }

    void addTo(Routes routes) {
        routes.add("GET", "/tenants", "Tenants_List", asked -> list(tenant()));
        routes.add("GET", "/subscriptions", "Subscriptions_List", asked -> list(subscription()));
        routes.add("GET", ONE, "Subscriptions_Get", asked -> in(asked, subscription()));
        routes.add("GET", ONE + "/resourcegroups", "ResourceGroups_List", asked -> list(group()));
        routes.add("GET", ONE + "/resourcegroups/{group}", "ResourceGroups_Get", this::resourceGroup);
        routes.add("GET", ONE + "/providers", "Providers_List", asked -> list(provider("Microsoft.DBforPostgreSQL")));
        routes.add("GET", ONE + "/providers/{namespace}", "Providers_Get", this::resourceProvider);
    }

    private static Answer list(ObjectNode only) {
        return Answer.json(200, Json.object("value", Json.array(List.of(only))));
    }

    private static Answer in(Asked asked, ObjectNode found) {
        if (!asked.variable("subscription").equalsIgnoreCase(Place.SUBSCRIPTION)) {
            throw ArmErrors.refuse(
                    404,
                    "SubscriptionNotFound",
                    "The subscription '" + asked.variable("subscription") + "' could not be found.");
        }
        return Answer.json(200, found);
    }

    private Answer resourceGroup(Asked asked) {
        if (!asked.variable("group").equalsIgnoreCase(Place.GROUP)) {
            throw ArmErrors.refuse(
                    404,
                    "ResourceGroupNotFound",
                    "Resource group '" + asked.variable("group") + "' could not be found.");
        }
        return in(asked, group());
    }

    private Answer resourceProvider(Asked asked) {
        return in(asked, provider(asked.variable("namespace")));
    }

    private ObjectNode tenant() {
        return Json.object("id", "/tenants/" + tenantId, "tenantId", tenantId, "displayName", "Local Azure");
    }

    private ObjectNode subscription() {
        return Json.object(
                "id",
                "/subscriptions/" + Place.SUBSCRIPTION,
                "subscriptionId",
                Place.SUBSCRIPTION,
                "tenantId",
                tenantId,
                "displayName",
                "Local subscription",
                "state",
                "Enabled",
                "subscriptionPolicies",
                Json.object(
                        "locationPlacementId", "Public_2014-09-01",
                        "quotaId", "PayAsYouGo_2014-09-01",
                        "spendingLimit", "Off"),
                "authorizationSource",
                "RoleBased",
                "managedByTenants",
                Json.array(List.of()));
    }

    private static ObjectNode group() {
        return Json.object(
                "id",
                "/subscriptions/" + Place.SUBSCRIPTION + "/resourceGroups/" + Place.GROUP,
                "name",
                Place.GROUP,
                "type",
                "Microsoft.Resources/resourceGroups",
                "location",
                "westeurope",
                "properties",
                Json.object("provisioningState", "Succeeded"));
    }

    private static ObjectNode provider(String namespace) {
        return Json.object(
                "id",
                "/subscriptions/" + Place.SUBSCRIPTION + "/providers/" + namespace,
                "namespace",
                namespace,
                "resourceTypes",
                Json.array(List.of()),
                "registrationState",
                "Registered",
                "registrationPolicy",
                "RegistrationRequired");
    }
}
