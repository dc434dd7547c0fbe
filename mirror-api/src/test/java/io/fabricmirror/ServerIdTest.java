package io.fabricmirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ServerIdTest {
    @Test
    @Tag("G01")
    void parse_armIdInAnyCase_namesTheSameServerAsItsParts() {
        ServerId parsed = ServerId.parse(
                "/subscriptions/s1/resourcegroups/rg1/providers/microsoft.dbforpostgresql/flexibleservers/pg1/");

        assertThat(parsed).isEqualTo(ServerId.of("s1", "rg1", "pg1"));
        assertThat(ServerId.parse(parsed.armId())).isEqualTo(parsed);
    }

    @Test
    void parse_otherResource_saysWhatToGive() {
        assertThatThrownBy(() -> ServerId.parse(
                        "/subscriptions/s/resourceGroups/g/providers/Microsoft.DBforPostgreSQL/servers/single"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not the ARM id of a flexible server")
                .hasMessageContaining("ServerId.of(");
    }
}
