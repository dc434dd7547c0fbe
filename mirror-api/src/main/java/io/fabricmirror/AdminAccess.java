package io.fabricmirror;

import java.util.Objects;

/**
 * How the library logs in to the server as its administrator. Closed: a new way is a new major version. Immutable.
 *
 * <p>The administrator needs no superuser; the login named at the server's creation is enough.
 */
public sealed interface AdminAccess permits AdminAccess.Password {
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
     * Returns where the administrator's password is.
     *
     * @return the reference
     */
    SecretRef secret();

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
    }
}
