package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.AdminAccess;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Permission;
import io.fabricmirror.SecretRef;
import io.fabricmirror.ServerId;
import io.fabricmirror.StepKey;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.core.internal.plan.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The published page names what previews name. */
class PermissionsPageTest {
    private static final List<StepKey> STEPS = List.of(
            StepKey.SERVER,
            StepKey.REACHABILITY,
            StepKey.OPENINGS,
            StepKey.IDENTITY,
            StepKey.PARAMETERS,
            StepKey.CREDENTIAL,
            StepKey.ROLE,
            StepKey.WORKSPACE_ROLE,
            StepKey.CONNECTION,
            StepKey.TABLES,
            StepKey.READINESS,
            StepKey.MIRROR,
            StepKey.START,
            StepKey.VERIFIED);

    @Test
    @Tag("G42")
    void page_rows_areThePermissionsOfTheCode() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "permissions.md"));

        for (Permission.Purpose purpose : List.of(Permission.Purpose.PREVIEW, Permission.Purpose.APPLY)) {
            assertThat(page).contains(rows(purpose));
        }
    }

    private static String rows(Permission.Purpose purpose) {
        Set<String> rows = new TreeSet<>();
        Set<String> named = new HashSet<>();
        for (GatewayMode gateway :
                List.of(GatewayMode.publicAccess().admitAzureServices(), GatewayMode.virtualNetwork("G"))) {
            Needs.of(plan(gateway), STEPS).stream()
                    .filter(p -> p.purpose().equals(purpose) && named.add(p.area() + p.name() + p.scope()))
                    .map(p -> "| " + p.area() + " | " + p.name() + " | " + place(p.scope()) + " | "
                            + p.steps().stream().map(s -> "`" + s + "`").collect(Collectors.joining(", ")) + " |")
                    .forEach(rows::add);
        }
        return String.join("\n", rows);
    }

    private static String place(String scope) {
        return scope.replace("S", "the server")
                .replace("server the server", "the server")
                .replace("secret kv/admin", "the administrator's secret")
                .replace("secret kv/role", "the mirroring role's secret")
                .replace("database D of", "the database on")
                .replace("workspace \"W\"", "the workspace")
                .replace("gateway G", "the gateway")
                .replace("the server/D", "the database");
    }

    private static MirrorPlan plan(GatewayMode gateway) {
        return MirrorPlan.named("P")
                .server(ServerId.of("s", "g", "S"))
                .database("D")
                .admin(AdminAccess.password(SecretRef.keyVault("https://kv.vault.azure.net", "admin")))
                .connection(ConnectionSpec.fabricUser(SecretRef.keyVault("https://kv.vault.azure.net", "role")))
                .workspace(WorkspaceRef.named("W"))
                .gateway(gateway)
                .build();
    }
}
