package io.fabricmirror.testkit;

import io.fabricmirror.testkit.internal.fabric.Workspace;
import java.util.List;
import java.util.Optional;

/** A Fabric workspace of the local Azure, on a capacity of its own. Thread-safe. */
public final class LocalWorkspace {
    private final Workspace workspace;
    private final LocalIdentity caller;

    LocalWorkspace(Workspace workspace, LocalIdentity caller) {
        this.workspace = workspace;
        this.caller = caller;
    }

    /**
     * Returns the workspace's id.
     *
     * @return a GUID
     */
    public String id() {
        return workspace.id();
    }

    /**
     * Sets the role of the caller, {@code Admin} unless set.
     *
     * @param role {@code Admin}, {@code Member}, {@code Contributor}, {@code Viewer} or {@code None}
     * @return this
     */
    public LocalWorkspace callerRole(String role) {
        return role(caller, role);
    }

    /**
     * Sets the role of a principal.
     *
     * @param identity the principal
     * @param role {@code Admin}, {@code Member}, {@code Contributor}, {@code Viewer} or {@code None}
     * @return this
     */
    public LocalWorkspace role(LocalIdentity identity, String role) {
        if (role.equals("None")) {
            workspace.removeRole(identity.id());
        } else if (Workspace.ROLES.contains(role)) {
            workspace.role(identity, role);
        } else {
            throw new IllegalArgumentException("\"" + role + "\" is none of " + Workspace.ROLES + " and None");
        }
        return this;
    }

    /**
     * Returns the role of a principal.
     *
     * @param principalId the principal's object id
     * @return its role; empty when it has none
     */
    public Optional<String> roleOf(String principalId) {
        return workspace.roleOf(principalId);
    }

    /**
     * Takes the role of a principal away, as if somebody had done so in the portal.
     *
     * @param principalId the principal's object id
     * @return this
     */
    public LocalWorkspace removeRole(String principalId) {
        workspace.removeRole(principalId);
        return this;
    }

    /**
     * Pauses the capacity: mirrors pause and receive nothing.
     *
     * @return this
     */
    public LocalWorkspace pauseCapacity() {
        workspace.capacity().ifPresent(capacity -> capacity.active(false));
        return this;
    }

    /**
     * Resumes the capacity.
     *
     * @return this
     */
    public LocalWorkspace resumeCapacity() {
        workspace.capacity().ifPresent(capacity -> capacity.active(true));
        return this;
    }

    /**
     * Returns the names of the mirrored databases.
     *
     * @return the names, oldest first
     */
    public List<String> mirrors() {
        return workspace.mirrors().stream().map(mirror -> mirror.displayName()).toList();
    }

    /**
     * Returns a mirrored database.
     *
     * @param displayName its name
     * @return the mirrored database
     * @throws IllegalArgumentException if there is none of that name
     */
    public LocalMirror mirror(String displayName) {
        return workspace.mirrors().stream()
                .filter(mirror -> mirror.displayName().equals(displayName))
                .findFirst()
                .map(LocalMirror::new)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No mirrored database \"" + displayName + "\"; there is " + mirrors()));
    }
}
