package io.fabricmirror.core.internal.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.MirrorException;
import io.fabricmirror.ServerId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Asks Azure what the caller's roles allow on a server, all scopes above it included. */
final class ArmRights {
    private static final String PERMISSIONS = "2022-04-01";

    private ArmRights() {}

    static Set<String> missing(ArmRest arm, ServerId server, Set<String> actions) {
        List<JsonNode> granted;
        try {
            granted = arm.list(
                    "read what this identity may do on " + server.name(),
                    server.armId() + "/providers/Microsoft.Authorization/permissions",
                    PERMISSIONS);
        } catch (MirrorException e) {
            // Who may not see its own rights learns what is missing when it acts.
            return Set.of();
        }

        Set<String> missing = new TreeSet<>(actions);
        missing.removeIf(action -> granted.stream()
                .anyMatch(role -> names(role.path("actions"), action) && !names(role.path("notActions"), action)));
        return missing;
    }

    private static boolean names(JsonNode patterns, String action) {
        for (JsonNode pattern : patterns) {
            String expression = Pattern.quote(pattern.asText()).replace("*", "\\E.*\\Q");
            if (Pattern.compile(expression, Pattern.CASE_INSENSITIVE)
                    .matcher(action)
                    .matches()) {
                return true;
            }
        }
        return false;
    }
}
