package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.AdminAccess;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Outcome;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.StepKey;
import io.fabricmirror.Verdict;
import io.fabricmirror.testkit.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Logins with Microsoft Entra tokens instead of passwords. */
@Tag("G04")
class EntraIT {
    private final World world = new World();
    private final String me = world.azure.caller().displayName();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void apply_administratorWithToken_readsNoPasswordOfAnAdministrator() {
        world.server.passwordAndEntra().entraAdmin(world.azure.caller());
        int before = world.azure.calls().size();
        // Everything is pgadmin's, and from 16 on one administrator cannot act for another.
        Report asked = world.apply(tokenPlan().build());
        asked.step(StepKey.ROLE)
                .problem()
                .ifPresent(p ->
                        world.server.sql("orders", "reset role; " + p.remedy().orElseThrow()));

        Report report = world.apply(tokenPlan().build());
        Report again = world.mirror.apply(tokenPlan().build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(again.verdict()).as(again.text()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        assertThat(world.azure.calls().subList(before, world.azure.calls().size()))
                .noneSatisfy(call -> assertThat(call.path()).contains(World.ADMIN_SECRET.name()));
        assertThat(world.ask("select former_owner from fabric_mirror.former_owner where table_name = 'notes'"))
                .isEqualTo("pgadmin");
    }

    @Test
    @Tag("G17")
    void apply_serverTakesOnlyTokensAndNobodyNeedsAPassword_leavesItSo() {
        world.server.entraOnly().entraAdmin(world.azure.caller());

        Report report = world.apply(tokenPlan()
                .connection(ConnectionSpec.entraRole("mirror-reader"))
                .build());

        // The look before the first change already knows that somebody has to make the connection.
        Problem problem = report.step(StepKey.CONNECTION).problem().orElseThrow();
        assertThat(problem.code()).isEqualTo("CONNECTION_BY_HAND");
        assertThat(problem.remedy().orElseThrow())
                .contains("Manage connections and gateways", "Organizational account", "mirror-reader");
        assertThat(report.verdict()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(report.changes()).isEmpty();
        assertThat(report.step(StepKey.CREDENTIAL).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(world.azure.calls(Call.SET_SECRET)).isEmpty();
    }

    @Test
    void apply_tokenOfSomebodyWhoIsNoAdministrator_isRefusedWithTheWayOut() {
        world.server.passwordAndEntra();

        Report report = world.apply(tokenPlan().build());

        Problem problem = report.actions().get(0);
        assertThat(problem.code()).isEqualTo("LOGIN_REFUSED");
        assertThat(problem.text()).contains("a Microsoft Entra token", "Entra administrator of the server");
        assertThat(report.changes()).isEmpty();
    }

    private MirrorPlan.Builder tokenPlan() {
        return world.plan().admin(AdminAccess.entra(me));
    }
}
