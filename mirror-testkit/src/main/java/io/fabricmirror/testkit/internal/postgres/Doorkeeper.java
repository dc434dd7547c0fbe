package io.fabricmirror.testkit.internal.postgres;

import java.util.Optional;

/** Judges logins by what PostgreSQL cannot know: Azure's firewall, and tokens in place of passwords. */
public interface Doorkeeper {
    /** Returns the address a caller has for the server's firewall; empty when the firewall lets it through. */
    Optional<String> barred();

    /**
     * Judges the token that somebody gave in place of a role's password.
     *
     * @return the password with which the role really gets in; empty when the token is worth nothing for this role
     */
    Optional<String> passwordFor(String role, String token);

    /** Tells whether a role signs in with a token. */
    boolean wantsToken(String role);
}
