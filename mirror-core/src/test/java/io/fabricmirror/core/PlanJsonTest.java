package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabricmirror.AdminAccess;
import io.fabricmirror.Area;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.NetworkFacts;
import io.fabricmirror.PlanException;
import io.fabricmirror.SecretRef;
import io.fabricmirror.ServerId;
import io.fabricmirror.TableSelection;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.WorkspaceRole;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("G08")
class PlanJsonTest {
    private static final String VAULT = "https://kv-main.vault.azure.net";

    @Test
    void write_andRead_giveTheSamePlanThatTheSchemaAccepts() throws Exception {
        Schema schema = new Schema(MirrorJson.planSchema());
        for (MirrorPlan plan : List.of(
                complete().build(),
                complete()
                        .database("Order's \"DB\" ü")
                        .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(VAULT, "x"))
                                .user("Ro\"le")
                                .leastRights()
                                .displayName("shown"))
                        .workspace(WorkspaceRef.id("c27a"))
                        .serverRole(WorkspaceRole.MEMBER)
                        .gateway(GatewayMode.virtualNetwork("0b6f"))
                        .tables(TableSelection.matching("sales.*", "\"a.b\".\"C \"\"d\"", "app_*.x", "\"A*\".*")
                                .except("sales.import_*", "\"*\"\"*\".y"))
                        .withoutSeedTable()
                        .checkOnly(Area.PARAMETERS, Area.SQL)
                        .ignoreRule("server.tier", "agreed")
                        .network(NetworkFacts.outboundBlocked("rule deny"))
                        .defaultSchema("sales")
                        .retentionDays(3)
                        .build(),
                complete()
                        .connection(ConnectionSpec.admin())
                        .tables(TableSelection.named("public.orders", "\"S\".\"T\""))
                        .gateway(GatewayMode.publicAccess().admitAzureServices())
                        .build(),
                complete()
                        .admin(AdminAccess.entra("mirror \"automation\""))
                        .connection(ConnectionSpec.entraRole("Mirror reader"))
                        .formerOwnersKeepDdl()
                        .build(),
                complete().tables(TableSelection.followAll()).build())) {
            String json = MirrorJson.write(plan);

            assertThat(MirrorJson.readPlan(json)).as(json).isEqualTo(plan);
            assertThat(schema.errors(json)).as(json).isEmpty();
        }
    }

    @Test
    void write_everyPropertyOfAPlan_hasAFieldInJsonAndSchema() throws Exception {
        Schema schema = new Schema(MirrorJson.planSchema());
        Set<String> properties = new TreeSet<>(Set.of("version", "kind"));
        properties.addAll(accessors(MirrorPlan.class));

        assertThat(schema.fields(""))
                .as("a plan that gains a property must not lose it on its way through JSON: add it to PlanJson, to"
                        + " plan.schema.json and to the test above")
                .isEqualTo(properties);
        assertThat(schema.fields("/properties/connection"))
                .as("as for the plan; leastRights is what attributes() shows")
                .containsExactlyInAnyOrder("mode", "secret", "user", "displayName", "leastRights");
        assertThat(accessors(ConnectionSpec.class))
                .containsExactlyInAnyOrder("mode", "secret", "user", "displayName", "leastRights", "attributes");
    }

    @Test
    void readPlan_onlyWhatIsRequired_hasTheDefaults() throws Exception {
        String json = """
                {"version": 1, "kind": "mirror", "name": "orders",
                 "server": "/subscriptions/s/resourceGroups/g/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg",
                 "admin": {"secret": {"vault": "https://kv.vault.azure.net", "name": "a"}},
                 "connection": {"secret": {"vault": "https://kv.vault.azure.net", "name": "u"}},
                 "workspace": {"name": "Sales"}}
                """;

        MirrorPlan plan = MirrorJson.readPlan(json);

        assertThat(plan.database()).isEqualTo("postgres");
        assertThat(plan.tables()).isEqualTo(TableSelection.eligible());
        assertThat(plan.seedTable()).isTrue();
        assertThat(new Schema(MirrorJson.planSchema()).errors(json)).isEmpty();
    }

    @Test
    void readPlan_severalMistakes_areAllNamedWithLineColumnAndPath() throws Exception {
        String json = """
                {
                  "version": 1, "kind": "mirror", "name": "orders",
                  "server": "pg-orders",
                  "admin": {"secret": {"vault": "https://kv.vault.azure.net", "name": "same"}},
                  "connection": {
                    "secret": {"vault": "https://kv.vault.azure.net", "name": "same"},
                    "usr": "x"
                  },
                  "workspce": {"name": "Sales"},
                  "tables": {"matching": ["sales.*.orders"]},
                  "seedTable": "yes"
                }
                """;

        PlanException e = catchThrowableOfType(PlanException.class, () -> MirrorJson.readPlan(json));

        assertThat(e.mistakes())
                .hasSize(7)
                .anySatisfy(m -> assertThat(m)
                        .startsWith(
                                "line 1, column 1, workspace: is missing; give {\"name\"")) // where the object begins
                .anySatisfy(m -> assertThat(m).startsWith("line 3, column 13, server: \"pg-orders\" is not the ARM id"))
                .anySatisfy(m ->
                        assertThat(m).startsWith("line 5, column 17, connection: connection and administrator share"))
                .anySatisfy(m -> assertThat(m)
                        .startsWith("line 7, column 5, connection.usr: unknown field. Did you mean \"user\"?"))
                .anySatisfy(m -> assertThat(m)
                        .startsWith("line 9, column 3, workspce: unknown field. Did you mean \"workspace\"?"))
                .anySatisfy(m -> assertThat(m)
                        .startsWith("line 10, column 26, tables.matching: \"sales.*.orders\" is not schema.table"))
                .anySatisfy(
                        m -> assertThat(m).startsWith("line 11, column 16, seedTable: is a text; give true or false"));
        assertThat(e).hasMessageContaining("PLAN_INVALID: 7 mistakes in the plan \"orders\"");
        assertThat(e.details().lines()).hasSize(8);
    }

    @Test
    void readPlan_brokenOrForeignDocument_isRefusedWithItsPlace() {
        assertThat(mistakes("{\"version\": 1,\n  oops}"))
                .singleElement()
                .asString()
                .startsWith("line 2, column 3: this is no JSON");
        assertThat(mistakes("")).singleElement().asString().contains("the document is empty");
        assertThat(mistakes("[]")).singleElement().asString().contains("is a list; give an object");
        assertThat(mistakes("{\"name\": \"a\", \"name\": \"b\"}"))
                .anySatisfy(m -> assertThat(m).contains("column 15, name: the field stands here a second time"));
        assertThat(mistakes("{\"version\": 2, \"kind\": \"report\"}"))
                .anySatisfy(m -> assertThat(m).contains("version: is 2; this library reads up to 1"))
                .anySatisfy(m -> assertThat(m).contains("kind: is \"report\"; give \"mirror\""));
        assertThat(mistakes("[".repeat(5000))).isNotEmpty();
    }

    @Test
    void readPlans_mistakesInSeveralFiles_areAllNamedWithTheirFile(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.json"), MirrorJson.write(complete().build()));
        assertThat(MirrorJson.readPlans(folder)).containsExactly(complete().build());
        Files.writeString(folder.resolve("b.json"), "{");
        Files.writeString(folder.resolve("c.json"), "{}");
        Files.writeString(folder.resolve("notes.txt"), "no plan");

        PlanException e = catchThrowableOfType(PlanException.class, () -> MirrorJson.readPlans(folder));

        assertThat(e.mistakes())
                .anySatisfy(m -> assertThat(m).startsWith("b.json, line 1"))
                .anySatisfy(m -> assertThat(m).startsWith("c.json, line 1, column 1, server: is missing"));
    }

    private static List<String> mistakes(String json) {
        return catchThrowableOfType(PlanException.class, () -> MirrorJson.readPlan(json))
                .mistakes();
    }

    private static Set<String> accessors(Class<?> type) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(type.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !Modifier.isStatic(m.getModifiers()))
                .filter(m -> m.getParameterCount() == 0)
                .map(Method::getName)
                // The last three make other plans of this one.
                .filter(name -> !Set.of("hashCode", "toString", "stop", "removal", "sweep")
                        .contains(name))
                .forEach(names::add);
        return names;
    }

    private static MirrorPlan.Builder complete() {
        return MirrorPlan.named("orders")
                .server(ServerId.of("sub", "rg", "pg-orders"))
                .admin(AdminAccess.password(SecretRef.keyVault(VAULT, "admin-password")))
                .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(VAULT, "orders-fabric-user")))
                .workspace(WorkspaceRef.named("Sales"));
    }
}
