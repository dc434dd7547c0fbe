package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.FabricRequest;
import io.fabricmirror.fabric.internal.GitReader;
import io.fabricmirror.fabric.internal.Json;
import io.fabricmirror.fabric.internal.LongOperations;
import io.fabricmirror.fabric.internal.Transport;
import java.util.List;
import java.util.UUID;

/**
 * The calls about the connection of a workspace to Git: {@link #connect}, {@link #initialize}, then {@link #commit} or
 * {@link #update}. One of them at a time for each workspace. Thread-safe.
 *
 * <p>A mirrored database is a directory {@code {name}.MirroredDatabase} with {@code mirroring.json} and {@code .platform}. A service
 * principal may commit and update if every item involved supports it, which mirrored databases do.
 *
 * <p>Source of permissions, limits and errors: <a href="https://learn.microsoft.com/rest/api/fabric/core/git">Microsoft's
 * reference</a>, as of August 2026.
 */
public final class Git {
    private final Transport transport;
    private final LongOperations operations;

    Git(Transport transport) {
        this.transport = transport;
        this.operations = new LongOperations(transport);
    }

    /**
     * Reads how a workspace is connected.
     *
     * <p>Permissions: contributor of the workspace.
     *
     * <p>Errors: {@code InsufficientPrivileges}.
     *
     * @param workspaceId the workspace
     * @return the connection
     */
    public GitConnection connection(UUID workspaceId) {
        FabricRequest request = FabricRequest.get(
                "read Git connection of workspace " + workspaceId, "workspaces", workspaceId, "git", "connection");
        return transport.call(request, GitReader::connection);
    }

    /**
     * Connects a workspace to a repository; nothing is copied yet.
     *
     * <p>Permissions: admin of the workspace; use of the connection in the credentials. The workspace must be on a capacity.
     *
     * <p>Errors: {@code WorkspaceAlreadyConnectedToGit}, {@code WorkspaceHasNoCapacityAssigned},
     * {@code InsufficientPrivileges}, {@code PrincipalTypeNotSupported}.
     *
     * @param workspaceId the workspace
     * @param repository to what
     * @param credentials how the caller signs in to Git
     */
    public void connect(UUID workspaceId, GitRepository repository, GitCredentials credentials) {
        ObjectNode body = Json.object();
        body.set("gitProviderDetails", repository.json());
        body.set("myGitCredentials", credentials.json());
        transport.send(post("connect workspace " + workspaceId + " to Git", workspaceId, "connect")
                .body(body));
    }

    /**
     * Takes a workspace off its repository; the items stay on both sides.
     *
     * <p>Permissions: admin of the workspace.
     *
     * <p>Errors: {@code WorkspaceNotConnectedToGit}, {@code InsufficientPrivileges}.
     *
     * @param workspaceId the workspace
     */
    public void disconnect(UUID workspaceId) {
        transport.send(post("disconnect workspace " + workspaceId + " from Git", workspaceId, "disconnect"));
    }

    /**
     * Compares both sides after {@link #connect} and says what has to follow.
     *
     * <p>Permissions: admin of the workspace, signed in to Git.
     *
     * <p>Errors: {@code WorkspaceNotConnectedToGit}, {@code WorkspaceHasNoCapacityAssigned},
     * {@code MissingInitializationPolicy}, {@code InsufficientPrivileges}, {@code PrincipalTypeNotSupported}.
     *
     * @param workspaceId the workspace
     * @param preference who wins if both sides have items
     * @return what has to follow
     */
    public GitInitialization initialize(UUID workspaceId, GitPreference preference) {
        FabricRequest request = post(
                        "initialize Git connection of workspace " + workspaceId, workspaceId, "initializeConnection")
                .body(Json.object().put("initializationStrategy", preference.value()));
        return operations.call(request, GitReader::initialization);
    }

    /**
     * Reads where workspace and Git differ. Not while an update runs.
     *
     * <p>Permissions: contributor of the workspace, signed in to Git.
     *
     * <p>Errors: {@code WorkspaceNotConnectedToGit}, {@code WorkspaceHasNoCapacityAssigned}, {@code InsufficientPrivileges},
     * {@code PrincipalTypeNotSupported}.
     *
     * @param workspaceId the workspace
     * @return the differences
     */
    public GitStatus status(UUID workspaceId) {
        FabricRequest request = FabricRequest.get(
                "read Git status of workspace " + workspaceId, "workspaces", workspaceId, "git", "status");
        return operations.call(request, GitReader::status);
    }

    /**
     * Commits every change of a workspace.
     *
     * <p>Permissions: contributor of the workspace, signed in to Git; a delegated token needs scope
     * {@code Workspace.GitCommit.All}.
     *
     * <p>Errors: {@code WorkspaceNotConnectedToGit}, {@code WorkspaceHasNoCapacityAssigned}, {@code WorkspaceHeadMismatch},
     * {@code WorkspacePreviousOperationInProgress}, {@code InsufficientPrivileges}, {@code PrincipalTypeNotSupported}.
     *
     * @param workspaceId the workspace
     * @param workspaceHead the commit the workspace is at, from {@link GitStatus#workspaceHead()}; empty text right after the first
     *     connection
     * @param comment the message, at most 300 characters; empty text for the service's own
     */
    public void commit(UUID workspaceId, String workspaceHead, String comment) {
        commit(workspaceId, commitBody("All", workspaceHead, comment));
    }

    /**
     * Commits the changes of some items.
     *
     * <p>Permissions: contributor of the workspace, signed in to Git; a delegated token needs scope
     * {@code Workspace.GitCommit.All}.
     *
     * <p>Errors: {@code WorkspaceNotConnectedToGit}, {@code WorkspaceHasNoCapacityAssigned}, {@code WorkspaceHeadMismatch},
     * {@code WorkspacePreviousOperationInProgress}, {@code InsufficientPrivileges}, {@code PrincipalTypeNotSupported}.
     *
     * @param workspaceId the workspace
     * @param workspaceHead the commit the workspace is at, from {@link GitStatus#workspaceHead()}; empty text right after the first
     *     connection
     * @param comment the message, at most 300 characters; empty text for the service's own
     * @param items what to commit, from {@link GitStatus#changes()}
     */
    public void commit(UUID workspaceId, String workspaceHead, String comment, List<GitStatus.Change> items) {
        ObjectNode body = commitBody("Selective", workspaceHead, comment);
        ArrayNode list = body.putArray("items");
        for (GitStatus.Change item : items) {
            ObjectNode identifier = list.addObject();
            if (item.objectId() != null) {
                identifier.put("objectId", item.objectId().toString());
            }
            if (item.logicalId() != null) {
                identifier.put("logicalId", item.logicalId().toString());
            }
        }
        commit(workspaceId, body);
    }

    private void commit(UUID workspaceId, ObjectNode body) {
        operations.run(post("commit workspace " + workspaceId + " to Git", workspaceId, "commitToGit")
                .body(body));
    }

    private static ObjectNode commitBody(String mode, String workspaceHead, String comment) {
        ObjectNode body = Json.object().put("mode", mode);
        if (!workspaceHead.isEmpty()) {
            body.put("workspaceHead", workspaceHead);
        }
        return comment.isEmpty() ? body : body.put("comment", comment);
    }

    /**
     * Brings a workspace to a commit.
     *
     * <p>Permissions: contributor of the workspace, signed in to Git; a delegated token needs scope
     * {@code Workspace.GitUpdate.All}.
     *
     * <p>Errors: {@code WorkspaceNotConnectedToGit}, {@code WorkspaceHasNoCapacityAssigned}, {@code WorkspaceHeadMismatch},
     * {@code WorkspacePreviousOperationInProgress}, {@code MissingDependency}, {@code PotentialDuplicateDisplayNameAndType},
     * {@code DependencyDeletionFailed}, {@code InsufficientPrivileges}, {@code PrincipalTypeNotSupported}.
     *
     * @param workspaceId the workspace
     * @param update to what, and who wins
     */
    public void update(UUID workspaceId, GitUpdate update) {
        operations.run(post("update workspace " + workspaceId + " from Git", workspaceId, "updateFromGit")
                .body(update.json()));
    }

    /**
     * Reads how the caller signs in to Git.
     *
     * <p>Permissions: contributor of the workspace.
     *
     * <p>Errors: {@code InsufficientPrivileges}, {@code WorkspaceNotConnectedToGit}.
     *
     * @param workspaceId the workspace
     * @return the credentials
     */
    public GitCredentials credentials(UUID workspaceId) {
        FabricRequest request = FabricRequest.get(
                "read Git credentials for workspace " + workspaceId,
                "workspaces",
                workspaceId,
                "git",
                "myGitCredentials");
        return transport.call(request, GitReader::credentials);
    }

    /**
     * Changes how the caller signs in to Git.
     *
     * <p>Permissions: contributor of the workspace; use of the connection in the credentials.
     *
     * <p>Errors: {@code InsufficientPrivileges}, {@code WorkspaceNotConnectedToGit}, {@code ConnectionNotFound},
     * {@code ConnectionMismatch}, {@code PrincipalTypeNotSupported}.
     *
     * @param workspaceId the workspace
     * @param credentials the credentials
     * @return the credentials
     */
    public GitCredentials updateCredentials(UUID workspaceId, GitCredentials credentials) {
        FabricRequest request = FabricRequest.patch(
                        "update Git credentials for workspace " + workspaceId,
                        "workspaces",
                        workspaceId,
                        "git",
                        "myGitCredentials")
                .body(credentials.json());
        return transport.call(request, GitReader::credentials);
    }

    private static FabricRequest post(String what, UUID workspaceId, String verb) {
        return FabricRequest.create(what, "workspaces", workspaceId, "git", verb);
    }
}
