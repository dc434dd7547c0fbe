package io.fabricmirror.core.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.AdminAccess;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.SecretRef;
import io.fabricmirror.ServerId;
import io.fabricmirror.WorkspaceRef;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlanFightsTest {
    @Test
    @Tag("G62")
    void among_oneRoleWithTwoSecrets_isRefusedWithBothNames() {
        MirrorPlan one = plan("orders", "pg-1", "orders", "secret-a");
        MirrorPlan other = plan("stock", "pg-1", "stock", "secret-b");

        assertThat(PlanFights.among(List.of(one, other)))
                .singleElement()
                .satisfies(p -> assertThat(p.text())
                        .contains("\"orders\" and \"stock\"", "fabric_user", "kv/secret-a and kv/secret-b"));
    }

    @Test
    @Tag("G62")
    void among_oneDatabaseTwice_isRefusedWithBothNames() {
        MirrorPlan one = plan("orders", "pg-1", "orders", "secret-a");
        MirrorPlan other = plan("orders again", "pg-1", "orders", "secret-a");

        assertThat(PlanFights.among(List.of(one, other)))
                .singleElement()
                .satisfies(p -> assertThat(p.what()).contains("\"orders\" and \"orders again\""));
    }

    @Test
    void among_oneRoleWithOneSecret_isFine() {
        assertThat(PlanFights.among(List.of(
                        plan("orders", "pg-1", "orders", "secret-a"),
                        plan("stock", "pg-1", "stock", "secret-a"),
                        plan("orders 2", "pg-2", "orders", "secret-b"))))
                .isEmpty();
    }

    private static MirrorPlan plan(String name, String server, String database, String secret) {
        String vault = "https://kv.vault.azure.net";
        return MirrorPlan.named(name)
                .server(ServerId.of("s", "g", server))
                .database(database)
                .admin(AdminAccess.password(SecretRef.keyVault(vault, "admin")))
                .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(vault, secret)))
                .workspace(WorkspaceRef.named("Sales"))
                .build();
    }
}
