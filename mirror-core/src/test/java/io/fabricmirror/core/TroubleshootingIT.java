package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.ENABLE_PASSWORD_SIGN_IN;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.Outcome;
import io.fabricmirror.Preview;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.StepKey;
import io.fabricmirror.Verdict;
import io.fabricmirror.testkit.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people look up in a troubleshooting page: recognised, and answered with what to do. */
class TroubleshootingIT {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Tag("G52")
    void preview_passwordSignInIsOff_asksToSwitchItOn() {
        world.server.entraOnly();

        Preview preview = world.mirror.preview(world.plan().build());

        assertThat(preview.missingConsents()).contains(ENABLE_PASSWORD_SIGN_IN);
        assertThat(preview.step(StepKey.IDENTITY).changes())
                .extracting(Object::toString)
                .contains("password sign-in: off -> on");
    }

    @Test
    @Tag("G52")
    void preview_secretIsNotTheAdministratorsPassword_namesTheSecretToMend() {
        world.azure.vault("kv-main").put(World.ADMIN_SECRET.name(), "outdated");

        Problem problem = world.mirror
                .preview(world.plan().build())
                .step(StepKey.CREDENTIAL)
                .problem()
                .orElseThrow();

        assertThat(problem.code()).isEqualTo("LOGIN_REFUSED");
        assertThat(problem.remedy().orElseThrow())
                .contains("store the current password", "kv-main/postgres-admin-password");
    }

    @Test
    @Tag("G52")
    void preview_serverIsPrivate_asksForTheGateway() {
        world.server.noPublicAccess();

        Problem problem = world.mirror.preview(world.plan().build()).obstacles().get(0);

        assertThat(problem.code()).isEqualTo("SERVER_PRIVATE");
        assertThat(problem.remedy().orElseThrow()).contains("virtual network data gateway");
    }

    @Test
    @Tag("G52")
    void preview_thisHostDoesNotReachThePrivateServer_asksToRunInsideTheNetwork() {
        world.server.noPublicAccess().enforceFirewall();

        Problem problem = world.mirror
                .preview(world.plan().build())
                .step(StepKey.OPENINGS)
                .problem()
                .orElseThrow();

        assertThat(problem.code()).isEqualTo("SERVER_NOT_REACHABLE");
        assertThat(problem.remedy().orElseThrow()).contains("run the same plan on a host inside the server's network");
    }

    @Test
    @Tag("G52")
    void apply_roleIsNoLongerOwnerOfATable_makesItTheOwnerAgain() {
        world.apply(world.plan().build());
        world.server.sql("orders", "reset role; alter table customers owner to pgadmin");

        Report asked = world.mirror.apply(world.plan().build());
        Report done = world.mirror.apply(world.plan().build(), CHANGE_TABLE_OWNERS);

        assertThat(asked.actions())
                .extracting(p -> p.remedy().orElseThrow())
                .anySatisfy(r -> assertThat(r).contains("CHANGE_TABLE_OWNERS"));
        assertThat(done.changes())
                .extracting(Object::toString)
                .contains("owner of public.customers: pgadmin -> fabric_user");
    }

    @Test
    @Tag("G54")
    @Tag("G52")
    void apply_azureNeverPreparesTheServer_endsWithThePortalsSteps() {
        world.server.tier("Burstable"); // Azure takes the parameters there and does nothing.

        Report report = world.mirror.apply(
                world.plan().ignoreRule("server.tier", "to see what happens").build(),
                RESTART_SERVER,
                CHANGE_TABLE_OWNERS);

        Problem problem = report.actions().get(0);
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(report.steps()).noneMatch(s -> s.outcome().equals(Outcome.FAILED));
        assertThat(problem.code()).isEqualTo("SERVER_NOT_PREPARED");
        assertThat(problem.remedy().orElseThrow()).contains("Fabric Mirroring, Get started, Prepare, Restart");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "409, ScopeLocked, 'Lock rg-lock.', a lock on the server, 'remove the lock'",
        "403, RequestDisallowedByPolicy, 'Policy no-public.', an Azure Policy forbids it, 'exemption'",
        "403, AuthorizationFailed, 'The client has no authorization.', (PIM) is not active, 'activate the role'",
    })
    @Tag("G59")
    void apply_azureRefusesAChange_saysInWordsWhyAndWhatToDo(
            int status, String code, String message, String cause, String remedy) {
        world.azure.faults().on(Call.PUT_FIREWALL_RULE).everyTime().refused(status, code, message);

        Report report = world.apply(world.plan().build());

        Problem problem = report.step(StepKey.REACHABILITY).problem().orElseThrow();
        assertThat(report.verdict()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.text()).contains(message, cause);
        assertThat(problem.remedy().orElseThrow()).contains(remedy);
        assertThat(report.step(StepKey.IDENTITY).outcome()).isEqualTo(Outcome.NOT_REACHED);
    }

    @Test
    @Tag("G59")
    void preview_capacityIsPaused_saysHowToResumeIt() {
        world.azure.workspace("Sales").pauseCapacity();

        Problem problem = world.mirror.preview(world.plan().build()).obstacles().get(0);

        assertThat(problem.what()).contains("capacity-of-sales", "Inactive");
        assertThat(problem.remedy().orElseThrow()).contains("az fabric capacity resume");
    }

    @Test
    @Tag("G57")
    void apply_credentialOfAnotherTenant_isFoundBeforeAnythingElse() {
        world.azure
                .faults()
                .on(Call.GET_SERVER)
                .everyTime()
                .refused(401, "InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer 'a'.");

        Report report = world.apply(world.plan().build());

        assertThat(report.step(StepKey.SERVER).problem().orElseThrow().text())
                .contains("signs in to another tenant", "build the credential with the tenant");
        assertThat(report.changes()).isEmpty();
        assertThat(world.writes()).isZero();
    }
}
