package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenCredential;
import io.fabricmirror.AdminAccess;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Preview;
import io.fabricmirror.SecretRef;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalServer;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

class AzureMirrorIT {
    @Test
    void preview_threeCredentials_eachIsAskedForItsOwnService() {
        Set<String> arm = new ConcurrentSkipListSet<>();
        Set<String> vault = new ConcurrentSkipListSet<>();
        Set<String> fabric = new ConcurrentSkipListSet<>();
        try (LocalAzure azure = LocalAzure.start()) {
            LocalServer server = azure.server("pg-orders").sql("orders", "create table t (id int primary key)");
            String url =
                    azure.vault("kv-main").put("admin", server.adminPassword()).url();
            azure.workspace("Sales");
            MirrorPlan plan = MirrorPlan.named("orders")
                    .server(server.id())
                    .database("orders")
                    .admin(AdminAccess.password(SecretRef.keyVault(url, "admin")))
                    .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(url, "orders-fabric-user")))
                    .workspace(WorkspaceRef.named("Sales"))
                    .build();

            try (MirrorExecutor mirror = AzureMirror.builder(noting(azure.credential(), arm))
                    .vaultCredential(noting(azure.credential(), vault))
                    .fabricCredential(noting(azure.credential(), fabric))
                    .httpClient(azure.httpClient())
                    .jdbcProperties(azure.jdbcProperties())
                    .pacer(azure.pacer())
                    .build()) {
                Preview preview = mirror.preview(plan);
                assertThat(preview.steps()).hasSize(14);
            }
        }

        assertThat(arm).hasSize(1).allMatch(scope -> scope.startsWith("https://management."));
        assertThat(vault).containsExactly("https://vault.azure.net/.default");
        assertThat(fabric).containsExactly("https://api.fabric.microsoft.com/.default");
    }

    private static TokenCredential noting(TokenCredential credential, Set<String> scopes) {
        return request -> {
            scopes.addAll(request.getScopes());
            return credential.getToken(request);
        };
    }
}
