package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * What went wrong, as the service or this client names it. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record FabricErrorCode(String value) {
    /** Made by this client: the calling thread was interrupted. */
    public static final FabricErrorCode INTERRUPTED = new FabricErrorCode("Client.Interrupted");

    /** Made by this client: no answer came, or none in time. */
    public static final FabricErrorCode NO_ANSWER = new FabricErrorCode("Client.NoAnswer");

    /** Made by this client: the request did not leave it within the limit. */
    public static final FabricErrorCode NOT_SENT = new FabricErrorCode("Client.NotSent");

    /** Made by this client: the credential gave no token. */
    public static final FabricErrorCode NO_TOKEN = new FabricErrorCode("Client.NoToken");

    /** Made by this client: the answer cannot be understood. */
    public static final FabricErrorCode UNREADABLE = new FabricErrorCode("Client.Unreadable");

    /** Made by this client: the operation still runs at the end of the limit. */
    public static final FabricErrorCode OPERATION_PENDING = new FabricErrorCode("Client.OperationPending");

    /** Made by this client: the service did not assign the workspace to the capacity and does not say why. */
    public static final FabricErrorCode ASSIGNMENT_FAILED = new FabricErrorCode("Client.AssignmentFailed");

    /** Made by this client: the answer is an error without a code, for example from a proxy. */
    public static final FabricErrorCode HTTP_ERROR = new FabricErrorCode("Client.HttpError");

    /** The token was too old when it arrived. */
    public static final FabricErrorCode TOKEN_EXPIRED = new FabricErrorCode("TokenExpired");

    /** Too many requests in a short time. */
    public static final FabricErrorCode REQUEST_BLOCKED = new FabricErrorCode("RequestBlocked");

    /** The service does not say; for role assignments it can mean an unknown principal. */
    public static final FabricErrorCode UNKNOWN_ERROR = new FabricErrorCode("UnknownError");

    /** No such connection or gateway, or not visible. */
    public static final FabricErrorCode ENTITY_NOT_FOUND = new FabricErrorCode("EntityNotFound");

    /** No such item. */
    public static final FabricErrorCode ITEM_NOT_FOUND = new FabricErrorCode("ItemNotFound");

    /** No such workspace, or not visible. */
    public static final FabricErrorCode WORKSPACE_NOT_FOUND = new FabricErrorCode("WorkspaceNotFound");

    /** Fabric does not know the principal, or not yet. */
    public static final FabricErrorCode PRINCIPAL_NOT_FOUND = new FabricErrorCode("PrincipalNotFound");

    /** The principal has a role in the workspace already. */
    public static final FabricErrorCode PRINCIPAL_HAS_ROLE =
            new FabricErrorCode("PrincipalAlreadyHasWorkspaceRolePermissions");

    /** The caller needs a higher workspace role. */
    public static final FabricErrorCode INSUFFICIENT_WORKSPACE_ROLE = new FabricErrorCode("InsufficientWorkspaceRole");

    /** The caller may not do this. */
    public static final FabricErrorCode INSUFFICIENT_PRIVILEGES = new FabricErrorCode("InsufficientPrivileges");

    /** Switched off for this tenant or capacity. */
    public static final FabricErrorCode FEATURE_NOT_AVAILABLE = new FabricErrorCode("FeatureNotAvailable");

    /** A tenant setting stands in the way. */
    public static final FabricErrorCode TENANT_SWITCH_DISABLED = new FabricErrorCode("TenantSwitchDisabled");

    /** Another item has the display name. */
    public static final FabricErrorCode NAME_IN_USE = new FabricErrorCode("ItemDisplayNameAlreadyInUse");

    /** An item of this name was deleted a short time ago. */
    public static final FabricErrorCode NAME_NOT_AVAILABLE_YET = new FabricErrorCode("ItemDisplayNameNotAvailableYet");

    /** A connection of the tenant has the name, maybe one the caller cannot see. */
    public static final FabricErrorCode DUPLICATE_CONNECTION_NAME = new FabricErrorCode("DuplicateConnectionName");

    /** Another gateway has the name. */
    public static final FabricErrorCode DUPLICATE_GATEWAY_NAME = new FabricErrorCode("DuplicateGatewayName");

    /** The source refused the credentials, or was not reached, when the connection was tested. */
    public static final FabricErrorCode INCORRECT_CREDENTIALS = new FabricErrorCode("IncorrectCredentials");

    /** Type, creation method or parameters do not fit. */
    public static final FabricErrorCode INVALID_CONNECTION_DETAILS = new FabricErrorCode("InvalidConnectionDetails");

    /** The credentials do not fit the type of connection. */
    public static final FabricErrorCode INVALID_CREDENTIAL_DETAILS = new FabricErrorCode("InvalidCredentialDetails");

    /** The kind of credentials of this connection is fixed. */
    public static final FabricErrorCode CANNOT_UPDATE_CREDENTIAL_TYPE =
            new FabricErrorCode("CannotUpdateCredentialType");

    /** This type of connection is always tested. */
    public static final FabricErrorCode SKIP_TEST_NOT_SUPPORTED = new FabricErrorCode("SkipTestConnectionNotSupported");

    /** The mirrored database is in a state that does not allow this. */
    public static final FabricErrorCode OPERATION_NOT_ALLOWED_NOW =
            new FabricErrorCode("OperationNotAllowedInCurrentStatus");

    /** The long-running operation ended without a result. */
    public static final FabricErrorCode OPERATION_HAS_NO_RESULT = new FabricErrorCode("OperationHasNoResult");

    /** No such long-running operation, or it ended too long ago. */
    public static final FabricErrorCode OPERATION_NOT_FOUND = new FabricErrorCode("OperationNotFound");

    /** The capacity is paused. */
    public static final FabricErrorCode CAPACITY_NOT_ACTIVE = new FabricErrorCode("CapacityNotInActiveState");

    /** The workspace has no capacity. */
    public static final FabricErrorCode NO_CAPACITY = new FabricErrorCode("WorkspaceHasNoCapacityAssigned");

    /** A part of the definition cannot be read. */
    public static final FabricErrorCode CORRUPTED_PAYLOAD = new FabricErrorCode("CorruptedPayload");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public FabricErrorCode {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Tells whether both name the same problem. Some codes of the connection API are documented with and without the suffix
     * {@code Input}; both spellings count as one.
     *
     * @param other the code to compare with
     * @return whether they mean the same
     */
    public boolean means(FabricErrorCode other) {
        return withoutSuffix().equals(other.withoutSuffix());
    }

    /**
     * Returns the code as most of the service spells it.
     *
     * @return the code without the suffix {@code Input}
     */
    public String withoutSuffix() {
        return value.endsWith("Input") ? value.substring(0, value.length() - "Input".length()) : value;
    }

    @Override
    public String toString() {
        return value;
    }
}
