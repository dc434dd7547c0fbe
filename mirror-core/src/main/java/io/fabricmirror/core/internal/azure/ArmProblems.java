package io.fabricmirror.core.internal.azure;

import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import io.fabricmirror.ServerId;
import java.util.Set;

/** Explains what Azure Resource Manager refuses. Its own codes are kept, so that they can be searched for. */
final class ArmProblems {
    private static final String SERVICE = "Azure Resource Manager";
    private static final Set<String> NOT_FOUND =
            Set.of("ResourceNotFound", "ResourceGroupNotFound", "SubscriptionNotFound");

    private ArmProblems() {}

    /** Returns the problem for what was attempted, as "restart pg-orders", and what came back. */
    static Problem explain(String what, ServiceError error) {
        return WayProblems.explain(SERVICE, what, error).orElseGet(() -> explainAnswer(what, error));
    }

    static boolean isNotFound(Problem problem) {
        return NOT_FOUND.contains(problem.code());
    }

    /** Returns the exception for a server that ARM does not show. */
    static MirrorException serverNotFound(ServerId id, MirrorException refused) {
        Problem problem = Problem.of(
                        "SERVER_NOT_FOUND",
                        "no flexible server " + id.name() + " in resource group " + id.resourceGroup()
                                + " of subscription " + id.subscriptionId() + " is visible to this identity")
                .seen(refused.problem().seen().orElse(refused.code()))
                .cause("a wrong name, group or subscription, or a single server instead of a flexible one")
                .remedy("correct .server(...), or give this identity the role Reader on the server");
        return new MirrorException(withId(problem, refused.problem().requestId().orElse("")), refused);
    }

    private static Problem explainAnswer(String what, ServiceError error) {
        Problem problem = withId(
                Problem.of(error.bestCode(), "Azure does not let this identity " + what)
                        .seen(error.seen()),
                error.requestId());
        return switch (error.code()) {
            case "AuthorizationFailed", "LinkedAuthorizationFailed" ->
                problem.cause("its roles do not allow it, or a role that must be activated first (PIM) is not active")
                        .who("whoever may assign roles on the server's resource group")
                        .remedy(
                                "give it a role that allows what the message names, such as Contributor on the server, or"
                                        + " activate the role; both take a few minutes to work");
            case "ScopeLocked" ->
                problem(what, error, "a lock on the server, its resource group or its subscription forbids it")
                        .who("whoever may manage locks there")
                        .remedy("remove the lock the message names, run again, and put it back");
            case "RequestDisallowedByPolicy" ->
                problem(what, error, "an Azure Policy forbids it")
                        .who("the owner of the policy")
                        .remedy("ask for an exemption from the policy the message names, or meet what it demands");
            case "InvalidAuthenticationTokenTenant" ->
                problem(what, error, "the credential signs in to another tenant than the subscription's")
                        .remedy("build the credential with the tenant of the subscription; the message names both");
            case "ServerIsBusy" ->
                problem(what, error, "the server was busy with another operation for " + ServiceCalls.BUSY_LIMIT)
                        .remedy("see in its activity log what runs, let it end, then run again");
            default ->
                error.kind() == ServiceError.Kind.BUSY
                        ? problem(what, error, "Azure asked to wait for longer than " + ServiceCalls.BUSY_LIMIT)
                                .remedy("run again later")
                        : problem(what, error, "Azure refuses it");
        };
    }

    private static Problem problem(String what, ServiceError error, String why) {
        return withId(
                Problem.of(error.bestCode(), "cannot " + what + ": " + why).seen(error.seen()), error.requestId());
    }

    private static Problem withId(Problem problem, String requestId) {
        return requestId.isEmpty() ? problem : problem.requestId(requestId);
    }
}
