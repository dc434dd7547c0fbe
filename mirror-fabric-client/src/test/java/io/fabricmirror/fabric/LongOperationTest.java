package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.CAPACITY;
import static io.fabricmirror.fabric.Samples.CONNECTION;
import static io.fabricmirror.fabric.Samples.MIRROR;
import static io.fabricmirror.fabric.Samples.OPERATION;
import static io.fabricmirror.fabric.Samples.WORKSPACE;
import static io.fabricmirror.fabric.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LongOperationTest {
    private static final String ELSEWHERE =
            "https://wabi-west-europe-redirect.analysis.windows.net/v1/operations/" + OPERATION;
    private static final String RUNNING = json("{'status':'Running','percentComplete':null,'error':null}");
    private static final String SUCCEEDED = json("{'status':'Succeeded','percentComplete':100,'error':null}");

    private final Wire wire = new Wire();
    private final FabricClient fabric = wire.client();

    @Test
    void run_accepted_isFollowedAtOurHostAtTheServicesPace() {
        wire.answer(202, "null", "Location", ELSEWHERE, "x-ms-operation-id", OPERATION.toString(), "Retry-After", "20");
        wire.answer(200, RUNNING, "Location", ELSEWHERE, "Retry-After", "5");
        wire.answer(200, SUCCEEDED, "Location", ELSEWHERE + "/result");
        wire.answer(200, json("{'status':'Online','errors':[]}"));

        assertThat(fabric.connections().test(CONNECTION).online()).isTrue();

        assertThat(wire.pauses).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(5));
        assertThat(wire.sent).extracting(Wire.Sent::host).containsOnly("api.fabric.microsoft.com");
        assertThat(wire.lines())
                .containsExactly(
                        "POST /v1/connections/" + CONNECTION + "/testConnection",
                        "GET /v1/operations/" + OPERATION,
                        "GET /v1/operations/" + OPERATION,
                        "GET /v1/operations/" + OPERATION + "/result");
    }

    @Test
    void run_operationOfAWorkspaceWithItsOwnHost_isFollowedThere() {
        FabricClient client = wire.builder()
                .endpoint(FabricEndpoint.PUBLIC.withWorkspaceHosts())
                .build();
        wire.answer(202, "", "x-ms-operation-id", OPERATION.toString());
        wire.answer(200, SUCCEEDED);

        client.workspaces().deprovisionIdentity(WORKSPACE);

        assertThat(wire.sent)
                .extracting(Wire.Sent::host)
                .containsOnly("0cfd9c663bf04e4382574b76aa86581e.z0c.w.api.fabric.microsoft.com");
    }

    @Test
    void run_idInLocationOnly_isFound() {
        wire.answer(202, "", "Location", ELSEWHERE).answer(200, SUCCEEDED);

        fabric.workspaces().deprovisionIdentity(WORKSPACE);

        assertThat(wire.lines()).last().isEqualTo("GET /v1/operations/" + OPERATION);
    }

    @Test
    void run_answeredAtOnce_asksNoMore() {
        wire.answer(200, "");

        fabric.mirroredDatabases().updateDefinition(WORKSPACE, MIRROR, ItemDefinition.of(Samples.definition()));

        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void run_acceptedWithoutAnId_isUnknownAndNotDone() {
        wire.answer(202, "null");

        assertThatThrownBy(() -> fabric.mirroredDatabases()
                        .updateDefinition(WORKSPACE, MIRROR, ItemDefinition.of(Samples.definition())))
                .isInstanceOf(FabricOutcomeUnknownException.class)
                .hasMessageContaining("accepted, but without an operation id");
    }

    @Test
    void call_acceptedWithoutAnId_isNoResult() {
        wire.answer(202, "null");

        assertThatThrownBy(() -> fabric.mirroredDatabases().definition(WORKSPACE, MIRROR))
                .isExactlyInstanceOf(FabricException.class)
                .hasMessageContaining("accepted, but without an operation id");
    }

    @Test
    void run_stateUnreadable_isPendingAndKeepsTheId() {
        wire.answer(202, "", "x-ms-operation-id", OPERATION.toString()).answer(200, "<html>");

        FabricOperationPendingException thrown = catchThrowableOfType(
                FabricOperationPendingException.class, () -> fabric.workspaces().provisionIdentity(WORKSPACE));

        assertThat(thrown.operationId()).isEqualTo(OPERATION);
        assertThat(thrown).hasMessageContaining("last seen accepted, then Client.Unreadable");
    }

    @Test
    void run_paceOutOfReason_isBounded() {
        wire.answer(202, "", "x-ms-operation-id", OPERATION.toString(), "Retry-After", "3600");
        wire.answer(200, RUNNING, "Retry-After", "0").answer(200, SUCCEEDED);

        fabric.workspaces().deprovisionIdentity(WORKSPACE);

        assertThat(wire.pauses).containsExactly(Duration.ofMinutes(1), Duration.ofSeconds(1));
    }

    @Test
    void run_failed_carriesTheServicesError() {
        wire.answer(202, "", "x-ms-operation-id", OPERATION.toString());
        wire.answer(
                200,
                json(
                        "{'status':'Failed','error':{'errorCode':'CorruptedPayload','message':'part 1','requestId':'r1'}}"));

        assertThatThrownBy(() -> fabric.mirroredDatabases()
                        .updateDefinition(WORKSPACE, MIRROR, ItemDefinition.of(Samples.definition())))
                .isExactlyInstanceOf(FabricException.class)
                .hasMessage("update definition of mirrored database " + MIRROR
                        + ": 200 CorruptedPayload: part 1 (request r1); check mirroring.json and .platform");
    }

    @Test
    void run_limitReached_canBeFollowedLater() {
        FabricClient client = wire.builder()
                .limits(FabricLimits.builder().operation(Duration.ofSeconds(12)).build())
                .build();
        wire.answer(202, "", "x-ms-operation-id", OPERATION.toString(), "Retry-After", "5");
        wire.answer(200, RUNNING).answer(200, RUNNING);

        FabricOperationPendingException thrown = catchThrowableOfType(
                FabricOperationPendingException.class, () -> client.workspaces().provisionIdentity(WORKSPACE));

        assertThat(thrown.operationId()).isEqualTo(OPERATION);
        assertThat(thrown).hasMessageEndingWith("goes on, still Running at the end of the limit; follow it by its id");

        wire.answer(200, SUCCEEDED).answer(200, "{\"applicationId\":\"a\"}");
        assertThat(fabric.operations().await(OPERATION).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(fabric.operations().result(OPERATION)).contains("{\"applicationId\":\"a\"}");
    }

    @Test
    void run_followingRefused_isPending() {
        wire.answer(202, "", "x-ms-operation-id", OPERATION.toString());
        wire.answer(403, json("{'errorCode':'InsufficientPrivileges','message':'no'}"));

        assertThatThrownBy(() -> fabric.workspaces().deprovisionIdentity(WORKSPACE))
                .isInstanceOf(FabricOperationPendingException.class)
                .hasMessageContaining("last seen accepted, then InsufficientPrivileges")
                .hasCauseInstanceOf(FabricException.class);
    }

    @Test
    void run_unknownStatus_isWaitedFor() {
        wire.answer(202, "", "x-ms-operation-id", OPERATION.toString());
        wire.answer(200, json("{'status':'Undefined'}"))
                .answer(200, json("{'status':'Queued'}"))
                .answer(200, SUCCEEDED);

        fabric.workspaces().deprovisionIdentity(WORKSPACE);

        assertThat(wire.pauses).hasSize(3).containsOnly(Duration.ofSeconds(5));
    }

    @Test
    void run_interrupted_isPendingAndStaysInterrupted() {
        wire.answer(202, "", "x-ms-operation-id", OPERATION.toString());
        wire.interruptNextPause();

        try {
            assertThatThrownBy(() -> fabric.workspaces().deprovisionIdentity(WORKSPACE))
                    .isInstanceOf(FabricOperationPendingException.class)
                    .hasMessageContaining("then Client.Interrupted");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void result_none_isEmpty() {
        wire.answer(400, json("{'errorCode':'OperationHasNoResult','message':'The operation has no result'}"));

        assertThat(fabric.operations().result(OPERATION)).isEmpty();
    }

    @Test
    void state_timesWithoutZone_areUtc() {
        wire.answer(
                200,
                json("{'status':'Running','createdTimeUtc':'2025-09-03T06:42:09.1859199',"
                        + "'lastUpdatedTimeUtc':'2025-09-03T06:42:10.55+02:00','percentComplete':40}"));

        OperationState state = fabric.operations().state(OPERATION);

        assertThat(state.created()).isEqualTo(Instant.parse("2025-09-03T06:42:09.1859199Z"));
        assertThat(state.lastUpdated()).isEqualTo(Instant.parse("2025-09-03T04:42:10.55Z"));
        assertThat(state.percentComplete()).isEqualTo(40);
        assertThat(state.ended()).isFalse();
    }

    @Test
    void assignToCapacity_waitsUntilTheWorkspaceSaysSo() {
        wire.answer(202, "");
        wire.answer(200, workspace("InProgress"))
                .answer(200, workspace("InProgress"))
                .answer(200, workspace("Completed"));

        Workspace assigned = fabric.workspaces().assignToCapacity(WORKSPACE, CAPACITY);

        assertThat(assigned.capacityId()).isEqualTo(CAPACITY);
        assertThat(wire.pauses).hasSize(2);
    }

    @Test
    void assignToCapacity_failed_isAnError() {
        wire.answer(202, "").answer(200, workspace("Failed"));

        assertThatThrownBy(() -> fabric.workspaces().assignToCapacity(WORKSPACE, CAPACITY))
                .hasMessageContaining("Client.AssignmentFailed: the service gave up");
    }

    private static String workspace(String progress) {
        return json("{'id':'" + WORKSPACE + "','displayName':'w','capacityId':'" + CAPACITY
                + "','capacityAssignmentProgress':'" + progress + "'}");
    }
}
