package io.fabricmirror;

/**
 * What an executor does only when the run says so. Given to a run, never to a plan; what a preview needs it names.
 */
public enum Consent {
    /** Restart the server when a parameter is pending: all connections drop, usually for a minute or two. */
    RESTART_SERVER("all connections drop, usually for a minute or two"),
    /** Make the mirroring role the owner of the tables: former owners keep DML and lose DDL. */
    CHANGE_TABLE_OWNERS(
            "former owners keep SELECT, INSERT, UPDATE and DELETE; they lose ALTER, DROP, TRUNCATE and CREATE INDEX"),
    /** Replace the password of a role that exists although its secret does not. */
    REPLACE_ROLE_PASSWORD("whatever else logs in as this role stops working until it gets the new password"),
    /** Allow password sign-in on a server that only takes Microsoft Entra tokens. */
    ENABLE_PASSWORD_SIGN_IN("roles with a password may log in from then on"),
    /** Set REPLICA IDENTITY FULL on tables without a key. */
    SET_FULL_REPLICA_IDENTITY("updates and deletes write whole rows to the WAL");

    private final String consequence;

    Consent(String consequence) {
        this.consequence = consequence;
    }

    /**
     * Returns what the consent costs, in words.
     *
     * @return part of a sentence
     */
    public String consequence() {
        return consequence;
    }
}
