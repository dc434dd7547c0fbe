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
    /** Give tables without a primary key a replica identity, without which their updates would fail once they are mirrored. */
    SET_REPLICA_IDENTITY("a table without any key writes whole rows to the WAL at each update and delete"),
    /** Take tables out of a mirror: Fabric deletes their copies in OneLake. */
    DELETE_MIRRORED_DATA("the copies in OneLake of the tables that leave the mirror are deleted"),
    /** Copy tables anew: every one, unless the preview names some. */
    RESEED("the tables are copied anew, and are incomplete in OneLake until that is done"),
    /**
     * Let the firewall of the server admit this host's address until the run ends. Outside the executor's ceiling unless its
     * owner allowed it.
     */
    OPEN_FIREWALL("one rule admits this host's address until the run ends; a host inside the network needs none"),
    /**
     * Let the network of a vault admit this host's address until the run ends. Outside the executor's ceiling unless its owner
     * allowed it.
     */
    OPEN_VAULT("the vault admits this host's address until the run ends; a host inside the network needs no opening");

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
