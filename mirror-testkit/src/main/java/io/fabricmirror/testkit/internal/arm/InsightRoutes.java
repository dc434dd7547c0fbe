package io.fabricmirror.testkit.internal.arm;

import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What other resource providers say of a server: Azure Monitor how full it is, Authorization what the caller may do. */
final class InsightRoutes {
    private final Function<Asked, FlexibleServer> server;
    private final Servers servers;

    InsightRoutes(Function<Asked, FlexibleServer> server, Servers servers) {
        this.server = server;
        this.servers = servers;
    }

    void addTo(Routes routes, String path) {
        routes.add("GET", path + "/providers/Microsoft.Insights/metrics", "Metrics_List", this::metrics);
        routes.add(
                "GET",
                path + "/providers/Microsoft.Authorization/permissions",
                "Permissions_ListForResource",
                this::rights);
    }

    private Answer metrics(Asked asked) {
        int used = server.apply(asked).properties().storageUsed();
        return Answer.json(
                200,
                Json.object(
                        "value",
                        Json.array(List.of(Json.object(
                                "name",
                                Json.object("value", "storage_percent"),
                                "unit",
                                "Percent",
                                "timeseries",
                                Json.array(List.of(Json.object(
                                        "data",
                                        Json.array(List.of(Json.object(
                                                "timeStamp", "2026-01-01T00:00:00Z", "average", used)))))))))));
    }

    private Answer rights(Asked asked) {
        Objects.requireNonNull(server.apply(asked), "a server that is not there is refused");
        String actions = servers.allows(asked.caller(), "write") ? "*" : "*/read";
        return Answer.json(
                200,
                Json.object(
                        "value",
                        Json.array(List.of(Json.object("actions", List.of(actions), "notActions", List.of())))));
    }
}
