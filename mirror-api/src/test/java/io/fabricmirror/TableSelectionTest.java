package io.fabricmirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableSelectionTest {
    @Test
    void schemas_withException_takesTheRest() {
        TableSelection selection = TableSelection.schemas("sales").except("sales.import_*");

        assertThat(selection.selects(new TableName("sales", "leads"))).isTrue();
        assertThat(selection.selects(new TableName("sales", "import_2026"))).isFalse();
        assertThat(selection.selects(new TableName("public", "leads"))).isFalse();
    }

    @Test
    void matching_quotedDotAndCase_areTakenLiterally() {
        TableSelection selection = TableSelection.matching("sales.\"a.b\"", "public.OrderNotes");

        assertThat(selection.selects(new TableName("sales", "a.b"))).isTrue();
        assertThat(selection.selects(new TableName("public", "OrderNotes"))).isTrue();
        assertThat(selection.selects(new TableName("public", "ordernotes"))).isFalse();
    }

    @Test
    void matching_oneOrThreeParts_saysHowToWriteIt() {
        assertThatThrownBy(() -> TableSelection.matching("orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not schema.table");
        assertThatThrownBy(() -> TableSelection.matching("sales.*.orders")).hasMessageContaining("is not schema.table");
        assertThatThrownBy(() -> TableSelection.named("sales.*")).hasMessageContaining("TableSelection.matching(...)");
    }

    @Test
    void except_ofNamedTables_isRefused() {
        assertThatThrownBy(() -> TableSelection.named("a.b").except("a.*"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("leave the name out instead");
    }
}
