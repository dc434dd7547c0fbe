package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.Json;
import java.util.Objects;

/**
 * A directory of a branch of a Git repository.
 *
 * @param provider where the repository is
 * @param owner the organization in Azure DevOps, the owner in GitHub
 * @param project the project in Azure DevOps; empty text in GitHub
 * @param repository the repository
 * @param branch the branch
 * @param directory the directory, {@code /} for the root
 * @param customDomain the GitHub Enterprise domain with data residency; empty text for github.com
 */
public record GitRepository(
        GitProvider provider,
        String owner,
        String project,
        String repository,
        String branch,
        String directory,
        String customDomain) {
    /**
     * Rejects missing values.
     *
     * @param provider must not be null
     * @param owner must not be null
     * @param project must not be null
     * @param repository must not be null
     * @param branch must not be null
     * @param directory must not be null
     * @param customDomain must not be null
     */
    public GitRepository {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(branch, "branch");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(customDomain, "customDomain");
    }

    /**
     * Names a repository in Azure DevOps: branch {@code main}, root directory.
     *
     * @param organization the organization
     * @param project the project
     * @param repository the repository
     * @return the repository
     */
    public static GitRepository azureDevOps(String organization, String project, String repository) {
        return new GitRepository(GitProvider.AZURE_DEVOPS, organization, project, repository, "main", "/", "");
    }

    /**
     * Names a repository in GitHub: branch {@code main}, root directory.
     *
     * @param owner the owner
     * @param repository the repository
     * @return the repository
     */
    public static GitRepository github(String owner, String repository) {
        return new GitRepository(GitProvider.GITHUB, owner, "", repository, "main", "/", "");
    }

    /**
     * Chooses another branch.
     *
     * @param name the branch
     * @return a changed copy
     */
    public GitRepository withBranch(String name) {
        return new GitRepository(provider, owner, project, repository, name, directory, customDomain);
    }

    /**
     * Chooses another directory.
     *
     * @param path the directory
     * @return a changed copy
     */
    public GitRepository withDirectory(String path) {
        return new GitRepository(provider, owner, project, repository, branch, path, customDomain);
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("gitProviderType", provider.value())
                .put("repositoryName", repository)
                .put("branchName", branch)
                .put("directoryName", directory);
        if (provider.equals(GitProvider.AZURE_DEVOPS)) {
            return json.put("organizationName", owner).put("projectName", project);
        }
        json.put("ownerName", owner);
        return customDomain.isEmpty() ? json : json.put("customDomainName", customDomain);
    }
}
