package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mirrored database. A new one is told without paths and endpoint; they come some minutes later.
 *
 * @param id its id
 * @param workspaceId the workspace, or null if not told
 * @param displayName its name; empty text if not told
 * @param description its description; empty text if it has none
 * @param folderId the folder it is in, or null
 * @param oneLakeTablesPath where its tables are in OneLake; empty text if not told
 * @param defaultSchema the schema that unqualified names mean; empty text if not told
 * @param sqlEndpoint its SQL analytics endpoint, or null if not told
 */
public record MirroredDatabase(
        UUID id,
        @Nullable UUID workspaceId,
        String displayName,
        String description,
        @Nullable UUID folderId,
        String oneLakeTablesPath,
        String defaultSchema,
        @Nullable SqlEndpoint sqlEndpoint) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param workspaceId the workspace, or null
     * @param displayName must not be null
     * @param description must not be null
     * @param folderId the folder, or null
     * @param oneLakeTablesPath must not be null
     * @param defaultSchema must not be null
     * @param sqlEndpoint the endpoint, or null
     */
    public MirroredDatabase {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(oneLakeTablesPath, "oneLakeTablesPath");
        Objects.requireNonNull(defaultSchema, "defaultSchema");
    }

    /**
     * The SQL analytics endpoint of a mirrored database.
     *
     * @param id its id; empty text while it is made
     * @param connectionString the host for SQL clients; empty text while it is made
     * @param state how far it is
     */
    public record SqlEndpoint(String id, String connectionString, SqlEndpointState state) {
        /**
         * Rejects missing values.
         *
         * @param id must not be null
         * @param connectionString must not be null
         * @param state must not be null
         */
        public SqlEndpoint {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(connectionString, "connectionString");
            Objects.requireNonNull(state, "state");
        }
    }
}
