package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

@WithLocalAzure
class WithLocalAzureTest {
    @Test
    void test_getsALocalAzureOfItsOwn(LocalAzure azure) {
        assertThat(new Rest(azure).get("/workspaces").body().path("value")).isEmpty();
        azure.workspace("Sales");
    }

    @Test
    void nextTest_startsFromNothing(LocalAzure azure) {
        assertThat(new Rest(azure).get("/workspaces").body().path("value")).isEmpty();
        azure.workspace("Sales");
    }

    @Test
    void faultThatNeverHappened_failsTheTest() {
        Throwable failure = failureOf("setsAFaultInVain");

        assertThat(failure).isInstanceOf(AssertionError.class);
        assertThat(failure).hasMessageContaining("lost on Workspaces_ListWorkspaces");
    }

    @Test
    void failingTest_showsTheLastCalls() {
        Throwable failure = failureOf("fails");

        assertThat(failure.getSuppressed()[0])
                .hasMessageContaining("200 GET api.fabric.microsoft.com/v1/capacities (Capacities_ListCapacities)");
    }

    private static Throwable failureOf(String method) {
        List<Throwable> failures = new ArrayList<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        DiscoverySelectors.selectMethod(Examples.class, method, "io.fabricmirror.testkit.LocalAzure"))
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(failures::add);
            }
        });
        return failures.get(0);
    }

    /** Run only by the tests above: surefire does not take a nested class that is no {@code @Nested} one. */
    @WithLocalAzure
    static class Examples {
        @Test
        void setsAFaultInVain(LocalAzure azure) {
            azure.faults().on(Call.LIST_WORKSPACES).first().lost();
        }

        @Test
        void fails(LocalAzure azure) {
            new Rest(azure).get("/capacities");
            throw new IllegalStateException("on purpose");
        }
    }
}
