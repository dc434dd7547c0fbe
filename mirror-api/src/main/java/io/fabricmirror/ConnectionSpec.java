package io.fabricmirror;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes the Fabric connection: who logs in to PostgreSQL for the mirror, and where that password is. Immutable; each method
 * that sets something returns a changed copy.
 */
public final class ConnectionSpec {
    /** User name of the mirroring role unless {@link #user(String)} says otherwise, as Microsoft's guide has it. */
    public static final String DEFAULT_USER = "fabric_user";

    private final Mode mode;
    private final @Nullable SecretRef secret;
    private final String user;
    private final @Nullable String displayName;
    private final boolean leastRights;

    private ConnectionSpec(
            Mode mode, @Nullable SecretRef secret, String user, @Nullable String displayName, boolean leastRights) {
        this.mode = mode;
        this.secret = secret;
        this.user = user;
        this.displayName = displayName;
        this.leastRights = leastRights;
    }

    /** Which role the connection logs in as. */
    public enum Mode {
        /** A role of its own, made and kept by the library. */
        FABRIC_USER,
        /** The server's administrator. */
        ADMIN,
        /** A role that is mapped to a Microsoft Entra principal and has no password. */
        ENTRA_ROLE
    }

    /**
     * Logs in as a role of its own, which is what Microsoft advises. If the secret does not exist, a password is generated and
     * stored there before the role gets it.
     *
     * @param secret where the role's password is or will be; must not be the administrator's secret
     * @return the specification, with user {@value #DEFAULT_USER}
     */
    public static ConnectionSpec fabricUser(SecretRef secret) {
        return new ConnectionSpec(
                Mode.FABRIC_USER, Objects.requireNonNull(secret, "secret"), DEFAULT_USER, null, false);
    }

    /**
     * Logs in as the server's administrator, with the administrator's own secret. Anybody who may use the connection then acts
     * as administrator; prefer {@link #fabricUser(SecretRef)}.
     *
     * @return the specification
     */
    public static ConnectionSpec admin() {
        return new ConnectionSpec(Mode.ADMIN, null, "", null, false);
    }

    /**
     * Logs in as a role that is mapped to a Microsoft Entra principal. The role is prepared; the connection, with credential
     * "Organizational account", is made by hand in the Fabric portal, because its API makes none, and is adopted by what it points at.
     *
     * @param role the role's name in PostgreSQL, which is the principal's display or user principal name
     * @return the specification
     */
    public static ConnectionSpec entraRole(String role) {
        return new ConnectionSpec(Mode.ENTRA_ROLE, null, Objects.requireNonNull(role, "role"), null, false);
    }

    /**
     * Sets the mirroring role's name; {@value #DEFAULT_USER} unless set. Ignored in admin mode.
     *
     * @param name any PostgreSQL role name up to 63 bytes
     * @return a copy with that user
     */
    public ConnectionSpec user(String name) {
        return new ConnectionSpec(mode, secret, Objects.requireNonNull(name, "name"), displayName, leastRights);
    }

    /**
     * Sets the name shown in Fabric; unless set it is {@code server;database user}. Names are unique in a tenant.
     *
     * @param name 1 to 200 characters (Fabric's limit)
     * @return a copy with that name
     */
    public ConnectionSpec displayName(String name) {
        return new ConnectionSpec(mode, secret, user, Objects.requireNonNull(name, "name"), leastRights);
    }

    /**
     * Makes the mirroring role with LOGIN and REPLICATION only. Unless said it also gets CREATEDB and CREATEROLE, as Microsoft's guide
     * has it, though mirroring is not known to use them. A role that has them keeps them. Only a role with a password is made that way.
     *
     * @return a copy with the least rights
     */
    public ConnectionSpec leastRights() {
        return new ConnectionSpec(mode, secret, user, displayName, true);
    }

    /**
     * Returns the attributes that the mirroring role gets.
     *
     * @return as SQL writes them, such as {@code login}
     */
    public List<String> attributes() {
        return leastRights
                ? List.of("login", "replication")
                : List.of("login", "replication", "createdb", "createrole");
    }

    /**
     * Returns which role the connection logs in as.
     *
     * @return the mode
     */
    public Mode mode() {
        return mode;
    }

    /**
     * Returns where the role's password is.
     *
     * @return the reference, or empty where the role has no secret of its own
     */
    public Optional<SecretRef> secret() {
        return Optional.ofNullable(secret);
    }

    /**
     * Returns the mirroring role's name.
     *
     * @return the name; empty text in admin mode, where the server tells it
     */
    public String user() {
        return user;
    }

    /**
     * Returns the name to show in Fabric, if one was given.
     *
     * @return the name, or empty for the default
     */
    public Optional<String> displayName() {
        return Optional.ofNullable(displayName);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionSpec that
                && mode == that.mode
                && Objects.equals(secret, that.secret)
                && user.equals(that.user)
                && Objects.equals(displayName, that.displayName)
                && leastRights == that.leastRights;
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, secret, user, displayName, leastRights);
    }

    /** Returns the mode, user and reference; never a secret. */
    @Override
    public String toString() {
        return switch (mode) {
            case ADMIN -> "admin";
            case ENTRA_ROLE -> user + " (Microsoft Entra)";
            case FABRIC_USER -> user + " (" + secret + ")";
        };
    }
}
