package io.fabricmirror;

import java.util.Objects;
import java.util.Optional;

/**
 * How the library logs in to the server as its administrator. Closed: a new way is a new major version. Immutable.
 *
 * <p>The administrator needs no superuser; the login named at the server's creation is enough.
 */
public sealed interface AdminAccess permits AdminAccess.Password, AdminAccess.Entra {
    /**
     * Logs in as the server's administrator login, read from ARM, with a password from Key Vault.
     *
     * @param secret where the password is; it is read, never written
     * @return the access
     */
    static AdminAccess password(SecretRef secret) {
        return new Password(secret);
    }

    /**
     * Logs in as a Microsoft Entra administrator of the server: with a token of the executor's credential for Azure instead of a
     * password. No password of an administrator is read anywhere then.
     *
     * @param roleName the role's name in PostgreSQL, which is the display name of the principal, or the user principal name of a
     *     person; for a group's member the group's name
     * @return the access
     */
    static AdminAccess entra(String roleName) {
        return new Entra(roleName);
    }

    /**
     * Returns where the administrator's password is.
     *
     * @return the reference; empty if the login takes none
     */
    Optional<SecretRef> password();

    /**
     * Password sign-in.
     *
     * @param secret where the password is
     */
    record Password(SecretRef secret) implements AdminAccess {
        /**
         * Rejects a missing reference.
         *
         * @param secret must not be null
         */
        public Password {
            Objects.requireNonNull(secret, "secret");
        }

        @Override
        public Optional<SecretRef> password() {
            return Optional.of(secret);
        }
    }

    /**
     * Sign-in with a Microsoft Entra token.
     *
     * @param roleName the role's name in PostgreSQL
     */
    record Entra(String roleName) implements AdminAccess {
        /**
         * Rejects a missing name.
         *
         * @param roleName must not be null
         */
        public Entra {
            Objects.requireNonNull(roleName, "roleName");
        }

        @Override
        public Optional<SecretRef> password() {
            return Optional.empty();
        }
    }
}
