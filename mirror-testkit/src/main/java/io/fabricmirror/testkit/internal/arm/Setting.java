package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One server parameter as ARM shows it.
 *
 * @param name the parameter
 * @param value what was set last, though it may wait for a restart
 * @param initial the default
 * @param type ARM's data type
 * @param allowed the values that may be set
 * @param unit the unit of a number
 * @param description what it does
 * @param dynamic whether it acts without a restart
 * @param readOnly whether only the service sets it
 * @param pendingRestart whether the value waits for a restart
 */
record Setting(
        String name,
        String value,
        String initial,
        String type,
        String allowed,
        String unit,
        String description,
        boolean dynamic,
        boolean readOnly,
        boolean pendingRestart) {

    boolean allows(String candidate) {
        return switch (type) {
            case "Boolean" -> Set.of("on", "off").contains(candidate);
            case "Enumeration" -> List.of(allowed.split(",")).contains(candidate);
            case "Integer", "Numeric" -> withinRange(candidate);
            default -> true;
        };
    }

    private boolean withinRange(String candidate) {
        try {
            double number = Double.parseDouble(candidate);
            int dash = allowed.indexOf('-', 1); // the first may be a minus sign
            return number >= Double.parseDouble(allowed.substring(0, dash))
                    && number <= Double.parseDouble(allowed.substring(dash + 1));
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    ObjectNode json(String serverId, String source) {
        return Json.object(
                "properties",
                Json.object(
                        "value", value,
                        "description", description,
                        "defaultValue", initial,
                        "dataType", type,
                        "allowedValues", allowed,
                        "source", source,
                        "isDynamicConfig", dynamic,
                        "isReadOnly", readOnly,
                        "isConfigPendingRestart", pendingRestart,
                        "unit", unit.isEmpty() ? Optional.empty() : unit),
                "id",
                serverId + "/configurations/" + name,
                "name",
                name,
                "type",
                "Microsoft.DBforPostgreSQL/flexibleServers/configurations");
    }
}
