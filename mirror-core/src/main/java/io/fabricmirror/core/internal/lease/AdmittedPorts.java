package io.fabricmirror.core.internal.lease;

import io.fabricmirror.SecretRef;
import io.fabricmirror.core.internal.run.Ports;
import io.fabricmirror.core.internal.sql.KnockProblems;
import io.fabricmirror.spi.NetworkClosedException;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The ways to secrets and to PostgreSQL of a run that may open doors: a door that somebody shut meanwhile is opened once more. */
public final class AdmittedPorts {
    private AdmittedPorts() {}

    /** Returns ports that go through the openings. */
    public static Ports of(Ports ports, Openings openings) {
        return ports.with(new Secrets(ports.secrets(), openings), new Source(ports.source(), openings));
    }

    private record Secrets(SecretStore store, Openings openings) implements SecretStore {
        @Override
        public Optional<StoredSecret> read(SecretRef secret) {
            return openings.reaching(secret, () -> store.read(secret));
        }

        @Override
        public StoredSecret store(SecretRef secret, Secret value) {
            return openings.reaching(secret, () -> store.store(secret, value));
        }
    }

    private record Source(SourceDatabase source, Openings openings) implements SourceDatabase {
        @Override
        public Connection connect(Login login) throws SQLException {
            try {
                return source.connect(login);
            } catch (SQLException e) {
                Optional<NetworkClosedException> closed = KnockProblems.notAdmitted(login.host(), e);
                if (closed.isEmpty() || !openings.openedAgain(login.host(), login.user(), closed.get())) {
                    throw e;
                }
                return source.connect(login);
            }
        }

        @Override
        public void knock(String host, String user) {
            source.knock(host, user);
        }
    }
}
