package io.fabricmirror.core.internal.scene;

import io.fabricmirror.MirrorPlan;
import io.fabricmirror.core.internal.rules.JudgedTables;
import io.fabricmirror.core.internal.rules.Rules;
import io.fabricmirror.core.internal.sql.AzureCdc;
import io.fabricmirror.core.internal.sql.TableCatalog;
import io.fabricmirror.core.internal.sql.TableCatalog.Table;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was read from the database, kept until something changes it: a run on a prepared server reads everything once. */
final class SourceFacts {
    private final MirrorPlan plan;
    private final Rules rules;
    private @Nullable List<Table> catalog;
    private AzureCdc.@Nullable Found found;
    private AzureCdc.@Nullable Answer cdc;
    private @Nullable JudgedTables tables;

    SourceFacts(MirrorPlan plan, Rules rules) {
        this.plan = plan;
        this.rules = rules;
    }

    JudgedTables tables(String role, Supplier<Connection> admin) {
        JudgedTables known = tables;
        if (known == null) {
            List<Table> read = catalog == null ? TableCatalog.read(admin.get()) : catalog;
            catalog = read;
            known = JudgedTables.of(plan, rules, role, read, cdc == null ? Map.of() : cdc.verdicts());
            tables = known;
        }
        return known;
    }

    Optional<JudgedTables> tablesSeen() {
        return Optional.ofNullable(tables);
    }

    AzureCdc.Answer cdc(String role, Supplier<Connection> session, boolean askedByAnother) {
        AzureCdc.Answer known = cdc;
        if (known == null) {
            Connection asking = session.get();
            known = AzureCdc.ask(asking, found == null ? AzureCdc.find(asking) : found);
            known = askedByAnother ? known.withoutAsker() : known;
            cdc = known;
            if (catalog != null) {
                // What was judged without it is judged anew.
                tables = JudgedTables.of(plan, rules, role, catalog, known.verdicts());
            }
        }
        return known;
    }

    void found(AzureCdc.Found seen) {
        found = seen;
    }

    void forgetCdc() {
        found = null;
        cdc = null;
    }

    void forget() {
        catalog = null;
        tables = null;
        forgetCdc();
    }
}
