package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.GitChangeType;
import io.fabricmirror.fabric.GitConflict;
import io.fabricmirror.fabric.GitConnection;
import io.fabricmirror.fabric.GitConnectionState;
import io.fabricmirror.fabric.GitCredentials;
import io.fabricmirror.fabric.GitCredentialsSource;
import io.fabricmirror.fabric.GitInitialization;
import io.fabricmirror.fabric.GitProvider;
import io.fabricmirror.fabric.GitRepository;
import io.fabricmirror.fabric.GitRequiredAction;
import io.fabricmirror.fabric.GitStatus;
import io.fabricmirror.fabric.ItemType;
import org.jspecify.annotations.Nullable;

/** Reads what the service says about Git. */
public final class GitReader {
    private GitReader() {}

    public static GitConnection connection(Fields fields) {
        Fields sync = fields.object("gitSyncDetails");
        return new GitConnection(
                new GitConnectionState(fields.text("gitConnectionState")),
                repository(fields.object("gitProviderDetails")),
                sync.textOrEmpty("head"),
                sync.timeOrNull("lastSyncTime"));
    }

    private static @Nullable GitRepository repository(Fields fields) {
        String provider = fields.textOrNull("gitProviderType");
        String organization = fields.textOrNull("organizationName");
        return provider == null
                ? null
                : new GitRepository(
                        new GitProvider(provider),
                        organization == null ? fields.textOrEmpty("ownerName") : organization,
                        fields.textOrEmpty("projectName"),
                        fields.textOrEmpty("repositoryName"),
                        fields.textOrEmpty("branchName"),
                        fields.textOrEmpty("directoryName"),
                        fields.textOrEmpty("customDomainName"));
    }

    public static GitInitialization initialization(Fields fields) {
        return new GitInitialization(
                new GitRequiredAction(fields.text("requiredAction")),
                fields.textOrEmpty("workspaceHead"),
                fields.textOrEmpty("remoteCommitHash"));
    }

    public static GitStatus status(Fields fields) {
        if (!fields.hasList("changes")) {
            throw new Unreadable("Cannot read Git status: no list \"changes\"");
        }
        return new GitStatus(
                fields.textOrEmpty("workspaceHead"),
                fields.textOrEmpty("remoteCommitHash"),
                fields.list("changes", "change").stream().map(GitReader::change).toList());
    }

    private static GitStatus.Change change(Fields fields) {
        Fields item = fields.object("itemMetadata");
        Fields identifier = item.object("itemIdentifier");
        String conflict = fields.textOrNull("conflictType");
        return new GitStatus.Change(
                new ItemType(item.text("itemType")),
                item.textOrEmpty("displayName"),
                identifier.idOrNull("objectId"),
                identifier.idOrNull("logicalId"),
                changeType(fields.textOrNull("workspaceChange")),
                changeType(fields.textOrNull("remoteChange")),
                conflict == null ? GitConflict.NONE : new GitConflict(conflict));
    }

    private static @Nullable GitChangeType changeType(@Nullable String value) {
        return value == null ? null : new GitChangeType(value);
    }

    public static GitCredentials credentials(Fields fields) {
        return new GitCredentials(new GitCredentialsSource(fields.text("source")), fields.idOrNull("connectionId"));
    }
}
