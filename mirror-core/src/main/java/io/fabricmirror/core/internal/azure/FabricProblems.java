package io.fabricmirror.core.internal.azure;

import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.fabric.ConnectionTestResult;
import io.fabricmirror.fabric.FabricError;
import io.fabricmirror.fabric.FabricErrorCode;
import io.fabricmirror.fabric.FabricException;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.NewConnection;
import io.fabricmirror.spi.FabricControl.Workspace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Explains what Fabric refuses. Its own codes are kept, so that they can be searched for. */
final class FabricProblems {
    /** What Fabric says, in the message only, when it did not reach the server. */
    private static final Pattern NOT_REACHED = Pattern.compile(
            "did not properly respond|failed to respond|No such host is known|Gateway_MashupDataAccessError|timed? ?out",
            Pattern.CASE_INSENSITIVE);

    private FabricProblems() {}

    /** Returns the problem for what was attempted, as "list workspaces", and what came back. */
    static Problem explain(String what, FabricException e) {
        Problem problem = withId(
                switch (e.errorCode().value()) {
                    case "Client.NoAnswer", "Client.NotSent" ->
                        Problem.of("FABRIC_NOT_REACHABLE", "cannot " + what + ": Fabric does not answer this host")
                                .seen(e.error().message());
                    case "Client.NoToken" ->
                        Problem.of("SIGN_IN_FAILED", "cannot " + what + ": the credential gave no token for Fabric")
                                .seen(e.error().message());
                    case "Client.Interrupted" -> interrupted(what);
                    case "Client.HttpError" ->
                        Problem.of("HTTP_" + e.status(), "cannot " + what + ": something answers that is not Fabric")
                                .seen(seen(e));
                    case "Client.Unreadable" ->
                        Problem.of("FABRIC_ANSWER_UNREADABLE", "cannot " + what + ": the answer cannot be understood")
                                .seen(e.error().message());
                    default ->
                        Problem.of(e.errorCode().value(), "Fabric refuses to " + what)
                                .seen(seen(e));
                },
                e);
        return problem.remedy().isPresent()
                ? problem
                : e.remedy().map(problem::remedy).orElse(problem);
    }

    static Problem interrupted(String what) {
        return Problem.of("INTERRUPTED", "cannot " + what + ": the thread was interrupted");
    }

    static Problem workspaceNotFound(WorkspaceRef ref, List<Workspace> visible, String caller) {
        String nearest = NearestName.of(
                        ref.value(), visible.stream().map(Workspace::name).toList())
                .map(name -> "; nearest name \"" + name + "\"")
                .orElse("");
        return Problem.of(
                        "WORKSPACE_NOT_FOUND",
                        "no workspace " + (ref.kind() == WorkspaceRef.Kind.NAME ? "named " : "") + ref
                                + " is visible to " + caller)
                .seen(visible.size() + " workspaces listed" + nearest)
                .cause(
                        visible.isEmpty()
                                ? "this identity has no role in any workspace, or, for a service principal, the tenant setting"
                                        + " \"Service principals can call Fabric public APIs\" is off"
                                : "wrong name, or this identity has no role in it: Fabric lists only what the caller may see")
                .who("an admin of the workspace")
                .remedy("correct .workspace(...), or let an admin of it add this identity as Member. Contributor is not"
                        + " enough: a role must be assigned, and only Member and Admin may");
    }

    static Problem connectionNameTaken(NewConnection wanted, List<FabricConnection> visible, FabricException e) {
        String path = wanted.host() + ";" + wanted.database();
        long same = visible.stream().filter(c -> c.path().equals(path)).count();
        boolean seesIt = visible.stream().anyMatch(c -> c.name().equals(wanted.name()));
        return withId(
                Problem.of(
                                "CONNECTION_NAME_TAKEN",
                                "a connection \"" + wanted.name() + "\" exists, "
                                        + (seesIt
                                                ? "and points elsewhere"
                                                : "but this identity may not see it; none was created"))
                        .seen("errorCode " + e.errorCode() + "; " + visible.size() + " connections visible, "
                                + (same == 0 ? "none points" : same + " point") + " at " + path)
                        .cause("names are unique in the tenant; most likely a colleague made it by hand in the portal")
                        .who("the owner of that connection")
                        .remedy("its owner shares it (Manage connections and gateways > the connection > Manage users >"
                                + " Owner: this identity), and the next run adopts it; or give ours another name:"
                                + " ConnectionSpec.fabricUser(...).displayName(\"...\")"),
                e);
    }

    /** Tells a server that refuses the login from one that Fabric does not reach; Fabric has no code for the latter. */
    static MirrorException ofConnection(String server, String user, MirrorException e) {
        if (!(e.getCause() instanceof FabricException refused)) {
            return e;
        } else if (NOT_REACHED.matcher(allText(refused)).find()) {
            return explained(
                    refused,
                    Problem.of(
                                    "SERVER_NOT_REACHABLE_FROM_FABRIC",
                                    "Fabric does not reach " + server + " to test the connection")
                            .cause(
                                    "no firewall rule admits Azure services, or the server is private and the connection has"
                                            + " no gateway")
                            .remedy(
                                    "admit Azure services (GatewayMode.publicAccess().admitAzureServices()), or go through a"
                                            + " virtual network data gateway (GatewayMode.virtualNetwork(...))"));
        } else if (refused.errorCode().means(FabricErrorCode.INCORRECT_CREDENTIALS)) {
            return explained(
                    refused,
                    Problem.of(
                                    refused.errorCode().value(),
                                    server + " did not let \"" + user + "\" in when Fabric tested the connection")
                            .cause("the password is not the role's, or the role may not log in with one")
                            .remedy("check that the secret holds the role's password, then run again"));
        }
        return e;
    }

    static String testFailure(ConnectionTestResult result) {
        String errors = result.errors().stream().map(FabricProblems::text).collect(Collectors.joining("; "));
        return errors.isEmpty()
                ? "Fabric finds the connection " + result.health().value()
                : errors;
    }

    /** Says which role in the workspace is needed, if that is what Fabric misses. */
    static MirrorException ofRoles(String what, MirrorException e) {
        if (!(e.getCause() instanceof FabricException refused)
                || !(refused.errorCode().means(FabricErrorCode.INSUFFICIENT_PRIVILEGES)
                        || refused.errorCode().means(FabricErrorCode.INSUFFICIENT_WORKSPACE_ROLE))) {
            return e;
        }

        Problem problem = Problem.of("WORKSPACE_ROLE_INSUFFICIENT", "the role of this identity does not let it " + what)
                .cause("only Members and Admins of a workspace may see and assign its roles")
                .who("an admin of the workspace")
                .remedy("let an admin of the workspace make this identity a Member");
        return explained(refused, problem);
    }

    private static MirrorException explained(FabricException refused, Problem problem) {
        return new MirrorException(withId(problem.seen(seen(refused)), refused), refused);
    }

    private static Problem withId(Problem problem, FabricException e) {
        return e.requestId().map(problem::requestId).orElse(problem);
    }

    private static String seen(FabricException e) {
        String details = e.moreDetails().stream()
                .map(FabricProblems::text)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return e.status() + " " + e.errorCode() + ": " + e.error().message()
                + (details.isEmpty() ? "" : " (" + details + ")");
    }

    private static String allText(FabricException e) {
        return e.error().message()
                + e.moreDetails().stream().map(FabricProblems::text).collect(Collectors.joining(" ", " ", ""));
    }

    private static String text(FabricError.Detail detail) {
        String code =
                Optional.ofNullable(detail.code()).map(FabricErrorCode::value).orElse("");
        String message = Objects.requireNonNullElse(detail.message(), "");
        return code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
    }
}
