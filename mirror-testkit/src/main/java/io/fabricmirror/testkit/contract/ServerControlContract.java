package io.fabricmirror.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabricmirror.MirrorException;
import io.fabricmirror.ServerId;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.ServerControl.FirewallRule;
import io.fabricmirror.spi.ServerControl.Parameter;
import io.fabricmirror.spi.ServerControl.Server;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ServerControl} keeps. Restarts the server, switches its system-assigned identity and password sign-in on, and
 * leaves a firewall rule for one address that is reserved for documentation.
 */
public abstract class ServerControlContract {
    private static final String DYNAMIC = "deadlock_timeout";
    private static final String STATIC = "max_prepared_transactions";
    private static final FirewallRule RULE = new FirewallRule("fabric-mirror-contract", "203.0.113.1", "203.0.113.1");

    /** Called by JUnit. */
    protected ServerControlContract() {
        super();
    }

    /**
     * Returns the implementation under test.
     *
     * @return the implementation
     */
    protected abstract ServerControl control();

    /**
     * Returns a ready server with public access that may be changed and restarted.
     *
     * @return the server
     */
    protected abstract ServerId server();

    @Test
    void server_thatIsThere_isRead() {
        Server read = control().server(server());

        assertEquals(server(), read.id());
        assertEquals("Ready", read.state());
        assertFalse(read.host().isBlank());
        assertTrue(read.version() >= 11, "version " + read.version());
        assertTrue(read.network().publicAccess());
    }

    @Test
    void server_thatIsNotThere_isRefused() {
        ServerId nothing =
                ServerId.of(server().subscriptionId(), server().resourceGroup(), server().name() + "-is-not-there");

        assertThrows(MirrorException.class, () -> control().server(nothing));
    }

    @Test
    void databases_include_theSystemsOwn() {
        assertTrue(control().databases(server()).contains("postgres"));
    }

    @Test
    void parameters_areAllThereOnce() {
        List<String> names =
                control().parameters(server()).stream().map(Parameter::name).toList();

        assertEquals(names.size(), names.stream().distinct().count());
        assertTrue(names.containsAll(List.of("wal_level", "max_worker_processes", DYNAMIC)));
    }

    @Test
    void changeParameter_thatNeedsNoRestart_isDoneOnReturn() {
        String before = parameter(DYNAMIC).value();
        String other = before.equals("1100") ? "1200" : "1100";
        try {
            control().changeParameter(server(), DYNAMIC, other);

            assertEquals(other, parameter(DYNAMIC).value());
            assertFalse(parameter(DYNAMIC).pendingRestart());
        } finally {
            control().changeParameter(server(), DYNAMIC, before);
        }
    }

    @Test
    void changeParameter_thatNeedsARestart_isPendingUntilThen() {
        String before = parameter(STATIC).value();
        String other = before.equals("1") ? "2" : "1";
        try {
            control().changeParameter(server(), STATIC, other);
            assertTrue(parameter(STATIC).pendingRestart());

            control().restart(server());

            assertEquals(other, parameter(STATIC).value());
            assertFalse(parameter(STATIC).pendingRestart());
        } finally {
            control().changeParameter(server(), STATIC, before);
        }
    }

    @Test
    void changeParameter_toAValueThatIsNotAllowed_isRefusedAndChangesNothing() {
        String before = parameter("wal_level").value();

        assertThrows(MirrorException.class, () -> control().changeParameter(server(), "wal_level", "sideways"));
        assertEquals(before, parameter("wal_level").value());
    }

    @Test
    void createFirewallRule_twice_isThereOnce() {
        control().createFirewallRule(server(), RULE);
        control().createFirewallRule(server(), RULE);

        assertEquals(
                List.of(RULE),
                control().firewallRules(server()).stream()
                        .filter(rule -> rule.name().equals(RULE.name()))
                        .toList());
    }

    @Test
    void enableSystemIdentity_twice_isTheSamePrincipal() {
        Server once = control().enableSystemIdentity(server());
        Server twice = control().enableSystemIdentity(server());

        assertTrue(once.systemIdentity().isPresent());
        assertEquals(once.systemIdentity(), twice.systemIdentity());
        assertEquals(once.systemIdentity(), control().server(server()).systemIdentity());
    }

    @Test
    void enablePasswordSignIn_isOnAfterwards() {
        control().enablePasswordSignIn(server());

        assertTrue(control().server(server()).passwordSignIn());
    }

    private Parameter parameter(String name) {
        return control().parameters(server()).stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
