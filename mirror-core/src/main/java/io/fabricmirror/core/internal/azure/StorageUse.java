package io.fabricmirror.core.internal.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.MirrorException;
import io.fabricmirror.ServerId;
import java.util.OptionalInt;

/** Reads from Azure Monitor how full a server's storage is. */
final class StorageUse {
    private static final String METRICS = "2018-01-01";

    private StorageUse() {}

    static OptionalInt read(ArmRest arm, ServerId server) {
        try {
            JsonNode answer = arm.get(
                    "read how full the storage of " + server.name() + " is",
                    server.armId()
                            + "/providers/Microsoft.Insights/metrics?metricnames=storage_percent&aggregation=Average",
                    METRICS);
            return latest(answer);
        } catch (MirrorException e) {
            // A number for a warning: who may not see it, or has no such metric, is not kept from mirroring.
            return OptionalInt.empty();
        }
    }

    private static OptionalInt latest(JsonNode answer) {
        OptionalInt latest = OptionalInt.empty();
        for (JsonNode metric : answer.path("value")) {
            for (JsonNode series : metric.path("timeseries")) {
                for (JsonNode point : series.path("data")) {
                    latest = point.hasNonNull("average")
                            ? OptionalInt.of(
                                    (int) Math.round(point.path("average").asDouble()))
                            : latest;
                }
            }
        }
        return latest;
    }
}
