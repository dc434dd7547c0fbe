package io.fabricmirror.examples;

// readme:begin
import static io.fabricmirror.Consent.*;

import com.azure.identity.DefaultAzureCredentialBuilder;
import io.fabricmirror.*;
import io.fabricmirror.core.AzureMirror;

/** Mirrors database "orders" of the server with the ARM id args[0]; the passwords are in the vault with the URI args[1]. */
class MirrorOrders {
    public static void main(String[] args) {
        MirrorPlan plan = MirrorPlan.named("orders")
                .server(ServerId.parse(args[0]))
                .database("orders")
                .admin(AdminAccess.password(SecretRef.keyVault(args[1], "postgres-admin-password")))
                .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(args[1], "orders-fabric-user")))
                .workspace(WorkspaceRef.named("Sales"))
                .gateway(GatewayMode.publicAccess().admitAzureServices())
                .build();
        try (MirrorExecutor mirror = AzureMirror.executor(new DefaultAzureCredentialBuilder().build())) {
            System.out.println(mirror.preview(plan).text()); // reads only
            System.out.println(mirror.apply(plan, RESTART_SERVER, CHANGE_TABLE_OWNERS).orThrow().text());
        }
    }
}
// readme:end
