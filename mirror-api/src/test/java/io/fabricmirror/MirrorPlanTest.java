package io.fabricmirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MirrorPlanTest {
    private static final SecretRef ADMIN = SecretRef.keyVault("https://kv-main.vault.azure.net", "admin-password");
    private static final SecretRef USER = SecretRef.keyVault("https://kv-main.vault.azure.net", "orders-fabric-user");

    @Test
    @Tag("G02")
    @Tag("G03")
    void build_onlyRequiredValues_hasTheDefaults() {
        MirrorPlan plan = complete().build();

        assertThat(plan.database()).isEqualTo("postgres");
        assertThat(plan.connection().user()).isEqualTo("fabric_user");
        assertThat(plan.serverRole()).isEqualTo(WorkspaceRole.CONTRIBUTOR);
        assertThat(plan.tables()).isEqualTo(TableSelection.eligible());
        assertThat(plan.gateway()).isEqualTo(GatewayMode.publicAccess());
        assertThat(plan.seedTable()).isTrue();
    }

    @Test
    void build_everythingMissing_namesEachWithItsRemedy() {
        PlanException e = catchThrowableOfType(
                PlanException.class, () -> MirrorPlan.named(" ").database("").build());

        assertThat(e.mistakes())
                .hasSize(6)
                .anySatisfy(m -> assertThat(m).startsWith("name is blank; give"))
                .anySatisfy(m -> assertThat(m).startsWith("server is missing; give .server("))
                .anySatisfy(m -> assertThat(m).startsWith("database is empty; give"))
                .anySatisfy(m -> assertThat(m).startsWith("admin is missing; give .admin("))
                .anySatisfy(m -> assertThat(m).startsWith("connection is missing; give .connection("))
                .anySatisfy(m -> assertThat(m).startsWith("workspace is missing; give .workspace("));
        assertThat(e).hasMessageContaining("PLAN_INVALID").hasMessageContaining("nothing was sent anywhere");
    }

    @Test
    void build_roleSharesTheAdministratorsSecret_isRefused() {
        PlanException e = catchThrowableOfType(
                PlanException.class,
                () -> complete().connection(ConnectionSpec.fabricUser(ADMIN)).build());

        assertThat(e.mistakes())
                .singleElement()
                .asString()
                .contains("share the secret kv-main/admin-password", "name another one");
    }

    @Test
    void build_roleNameThatPostgresWouldCut_isRefused() {
        PlanException e = catchThrowableOfType(
                PlanException.class,
                () -> complete()
                        .connection(ConnectionSpec.fabricUser(USER).user("ü".repeat(32)))
                        .build());

        assertThat(e.mistakes()).singleElement().asString().contains("64 bytes", "cut it to 63");
    }

    @Test
    void build_systemDatabaseAndViewerRole_areBothRefused() {
        PlanException e = catchThrowableOfType(
                PlanException.class,
                () -> complete()
                        .database("azure_maintenance")
                        .serverRole(WorkspaceRole.VIEWER)
                        .build());

        assertThat(e.mistakes()).hasSize(2);
    }

    @Test
    void build_sameValues_areEqualAndPrintNoSecretValue() {
        assertThat(complete().build())
                .isEqualTo(complete().build())
                .hasSameHashCodeAs(complete().build());
        assertThat(complete().withoutSeedTable().build())
                .isNotEqualTo(complete().build());
        assertThat(complete().build()).hasToString("MirrorPlan orders: pg-orders/postgres -> workspace \"Sales\"");
    }

    private static MirrorPlan.Builder complete() {
        return MirrorPlan.named("orders")
                .server(ServerId.of("sub", "rg", "pg-orders"))
                .admin(AdminAccess.password(ADMIN))
                .connection(ConnectionSpec.fabricUser(USER))
                .workspace(WorkspaceRef.named("Sales"));
    }
}
