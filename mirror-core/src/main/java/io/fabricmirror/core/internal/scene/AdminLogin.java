package io.fabricmirror.core.internal.scene;

import io.fabricmirror.AdminAccess;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import io.fabricmirror.SecretRef;
import io.fabricmirror.core.internal.run.Ports;
import io.fabricmirror.core.internal.sql.SqlProblems;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.ServerControl.Server;
import io.fabricmirror.spi.SourceDatabase.Login;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** How the administrator logs in: with the password from the vault, read once, or with a token, got anew for each login. */
final class AdminLogin {
    private final AdminAccess access;
    private final Ports ports;
    private @Nullable Secret password;

    AdminLogin(AdminAccess access, Ports ports) {
        this.access = access;
        this.ports = ports;
    }

    String user(Server server) {
        return access instanceof AdminAccess.Entra entra ? entra.roleName() : server.adminLogin();
    }

    /** Tells whether the server lets such a login in; what it takes of Entra tokens only a try can tell. */
    boolean isOpen(Server server) {
        return access.password().isEmpty() || server.passwordSignIn();
    }

    Connection session(Sessions sessions, Server server, String database) {
        String from = access.password().map(SecretRef::toString).orElse(SqlProblems.TOKEN);
        return sessions.of(
                user(server),
                database,
                () -> new Login(
                        server.host(),
                        database,
                        user(server),
                        access.password().isPresent()
                                ? password()
                                : ports.databaseToken().get()),
                from);
    }

    /** Returns the password; only a login that has one may be asked. */
    Secret password() {
        Secret known = password;
        if (known == null) {
            SecretRef secret = access.password().orElseThrow();
            known = ports.secrets()
                    .read(secret)
                    .orElseThrow(() -> new MirrorException(
                            Problem.of("SECRET_ABSENT", "the administrator's secret " + secret + " does not exist")
                                    .remedy("store the administrator's password there; this library never resets it")))
                    .value();
            password = known;
        }
        return known;
    }
}
