package io.fabricmirror.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.fabricmirror.SecretRef;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.SecretStore.StoredSecret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link SecretStore} keeps. Leaves a secret with two versions behind. */
public abstract class SecretStoreContract {
    /** Called by JUnit. */
    protected SecretStoreContract() {
        super();
    }

    /**
     * Returns the store under test.
     *
     * @return the store
     */
    protected abstract SecretStore store();

    /**
     * Returns a secret that was never there; the caller may read and set it.
     *
     * @return another name each time
     */
    protected abstract SecretRef unusedSecret();

    @Test
    void read_secretThatWasNeverThere_isAbsent() {
        assertEquals(Optional.empty(), store().read(unusedSecret()));
    }

    @Test
    void store_twice_readGivesTheNewestAndItsVersion() {
        SecretRef secret = unusedSecret();

        StoredSecret first = store().store(secret, Secret.of("one-äöü \"quoted\""));
        assertEquals(Optional.of(first), store().read(secret));
        StoredSecret second = store().store(secret, Secret.of("two"));

        assertNotEquals(first.version(), second.version());
        assertEquals(Optional.of(second), store().read(secret));
        assertEquals("two", store().read(secret).orElseThrow().value().reveal());
        assertFalse(second.toString().contains("two"), "a secret shows its value");
    }
}
