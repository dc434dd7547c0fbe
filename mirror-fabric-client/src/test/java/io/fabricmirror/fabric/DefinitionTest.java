package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.CONNECTION;
import static io.fabricmirror.fabric.Samples.GATEWAY;
import static io.fabricmirror.fabric.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {
    private static final String FULL = json("{'properties':{'source':{'type':'AzurePostgreSql','typeProperties':"
            + "{'connection':'" + CONNECTION + "','database':'orders','futureSource':[1,2.50,1e400]}},"
            + "'target':{'type':'MountedRelationalDatabase','typeProperties':{'format':'Delta','defaultSchema':'public',"
            + "'retentionInDays':3,'futureTarget':{'a':null}}},'mountedTables':[{'source':{'typeProperties':"
            + "{'schemaName':'public','tableName':'orders','futureTable':true}}}],'futureTop':'x'},'$schema':'s'}");

    @Test
    void postgresql_isWhatTheServiceDocuments() {
        MirroringDefinition definition =
                MirroringDefinition.postgresql(CONNECTION, "orders").build();

        assertThat(definition)
                .isEqualTo(
                        MirroringDefinition.parse(
                                json(
                                        "{'properties':{'source':{'type':'AzurePostgreSql',"
                                                + "'typeProperties':{'connection':'" + CONNECTION
                                                + "','database':'orders'}},'target':{'type':"
                                                + "'MountedRelationalDatabase','typeProperties':{'format':'Delta','defaultSchema':'public'}}}}")));
        assertThat(definition.tables()).as("absent means all").isEmpty();
    }

    @Test
    void parse_readsWhatIsThere() {
        MirroringDefinition definition = MirroringDefinition.parse(FULL);

        assertThat(definition.source()).contains(SourceType.AZURE_POSTGRESQL);
        assertThat(definition.connectionId()).contains(CONNECTION);
        assertThat(definition.database()).contains("orders");
        assertThat(definition.defaultSchema()).contains("public");
        assertThat(definition.retentionDays()).contains(3);
        assertThat(definition.tables()).contains(List.of(new MountedTable("public", "orders")));
    }

    @Test
    void change_keepsWhatIsUnknown() {
        MirroringDefinition changed = MirroringDefinition.parse(FULL).toBuilder()
                .connection(GATEWAY)
                .database("sales")
                .retentionDays(7)
                .withoutDefaultSchema()
                .tables(List.of(new MountedTable("public", "orders"), new MountedTable("public", "Lines")))
                .build();

        assertThat(MirroringDefinition.parse(changed.json()))
                .isEqualTo(MirroringDefinition.parse(FULL.replace(CONNECTION.toString(), GATEWAY.toString())
                        .replace("\"database\":\"orders\"", "\"database\":\"sales\"")
                        .replace("\"defaultSchema\":\"public\",", "")
                        .replace("\"retentionInDays\":3", "\"retentionInDays\":7")
                        .replace(
                                "\"futureTable\":true}}}",
                                "\"futureTable\":true}}},{\"source\":{\"typeProperties\":"
                                        + "{\"schemaName\":\"public\",\"tableName\":\"Lines\"}}}")));
        assertThat(changed.json()).contains("2.50", "1E+400");
    }

    @Test
    void change_leavesTheOriginalAlone() {
        MirroringDefinition definition = MirroringDefinition.parse(FULL);

        definition.toBuilder().allTables().database("other").build();

        assertThat(definition).isEqualTo(MirroringDefinition.parse(FULL));
    }

    @Test
    void equality_doesNotDependOnLayout() {
        assertThat(MirroringDefinition.parse(FULL.replace(",", ",\r\n  ")))
                .isEqualTo(MirroringDefinition.parse(FULL))
                .hasSameHashCodeAs(MirroringDefinition.parse(FULL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{\"password\":\"s3cret\",,}"})
    void parse_noObject_isAnErrorThatQuotesNothing(String text) {
        assertThatThrownBy(() -> MirroringDefinition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot read mirroring.json: not ")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, -1})
    void build_retentionOutOfRange_isRefused(int days) {
        MirroringDefinition.Builder builder =
                MirroringDefinition.postgresql(CONNECTION, "orders").retentionDays(days);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Invalid MirroringDefinition: retentionDays is " + days + "; give 1 to 30");
    }

    @Test
    void definition_otherParts_areKept() {
        ItemDefinition.Part other = new ItemDefinition.Part("notes.md", "bm90ZXM=", "FutureType");
        ItemDefinition before =
                new ItemDefinition("", List.of(ItemDefinition.Part.text(ItemDefinition.MIRRORING_JSON, FULL), other));

        ItemDefinition after = before.with(Samples.definition());

        assertThat(after.parts()).hasSize(2).contains(other);
        assertThat(after.mirroring()).isEqualTo(Samples.definition());
    }

    @Test
    void definition_payloadWithLineBreaks_isRead() {
        String payload = ItemDefinition.of(Samples.definition()).parts().get(0).payload();
        ItemDefinition definition = new ItemDefinition(
                "",
                List.of(new ItemDefinition.Part(
                        "mirroring.json", payload.substring(0, 20) + "\r\n" + payload.substring(20), "InlineBase64")));

        assertThat(definition.mirroring()).isEqualTo(Samples.definition());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyAicHJvcGVydGllcy..", "%%%", "", "e30", "W10="})
    void definition_payloadBroken_isATypedErrorOrEmpty(String payload) {
        ItemDefinition definition =
                new ItemDefinition("", List.of(new ItemDefinition.Part("mirroring.json", payload, "InlineBase64")));

        if (payload.equals("e30")) {
            assertThat(definition.mirroring().connectionId()).isEmpty();
        } else {
            assertThatThrownBy(definition::mirroring)
                    .isExactlyInstanceOf(FabricException.class)
                    .hasMessage("Cannot read the definition: part mirroring.json cannot be read");
        }
    }

    @Test
    void definition_withoutMirroring_isATypedError() {
        assertThatThrownBy(() -> new ItemDefinition("", List.of()).mirroring())
                .isExactlyInstanceOf(FabricException.class)
                .hasMessage("Cannot read the definition: the definition has no part mirroring.json");
    }

    @Test
    void platform_untouched_isWrittenAsItWasRead() {
        String text =
                "{\r\n  \"$schema\": \"s\", \"metadata\":{\"type\":\"MirroredDatabase\", \"displayName\":\"orders\"},"
                        + "\"config\":{\"version\":\"2.0\",\"logicalId\":\"00000000-0000-0000-0000-000000000000\"}}\n";
        PlatformFile file = PlatformFile.parse(text);

        assertThat(file.json()).isEqualTo(text);
        assertThat(file.type()).contains(ItemType.MIRRORED_DATABASE);
        assertThat(file.displayName()).contains("orders");
        assertThat(file.description()).isEmpty();
        assertThat(file.logicalId()).contains(new UUID(0, 0));
    }

    @Test
    void platform_changed_keepsWhatIsUnknown() {
        PlatformFile file = PlatformFile.parse(json(
                "{'metadata':{'type':'MirroredDatabase','displayName':'orders','sensitivityLabelId':'l'},'more':1}"));

        PlatformFile changed = file.withDisplayName("sales").withLogicalId(GATEWAY);

        assertThat(PlatformFile.parse(changed.json()))
                .isEqualTo(PlatformFile.parse(
                        json("{'metadata':{'type':'MirroredDatabase','displayName':'sales','sensitivityLabelId':'l'},"
                                + "'more':1,'config':{'logicalId':'" + GATEWAY + "'}}")));
        assertThat(file.displayName()).contains("orders");
    }
}
