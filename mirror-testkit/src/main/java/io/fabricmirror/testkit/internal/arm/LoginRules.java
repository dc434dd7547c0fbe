package io.fabricmirror.testkit.internal.arm;

import io.fabricmirror.testkit.internal.place.Addresses;
import io.fabricmirror.testkit.internal.postgres.Doorkeeper;
import io.fabricmirror.testkit.internal.postgres.EntraRoles;
import io.fabricmirror.testkit.internal.time.RealTime;
import io.fabricmirror.testkit.internal.token.Tokens;
import java.util.Optional;

/** Who may sign in to one server: by its firewall, when callers are outside, and with which tokens. */
final class LoginRules implements Doorkeeper {
    private static final String AUDIENCE = "https://ossrdbms-aad.database.windows.net";

    private final FlexibleServer server;
    private final Tokens tokens;

    LoginRules(FlexibleServer server, Tokens tokens) {
        this.server = server;
        this.tokens = tokens;
    }

    @Override
    public Optional<String> barred() {
        return server.enforcesFirewall() && server.rules().stream().noneMatch(rule -> rule.admits(Addresses.CALLERS))
                ? Optional.of(Addresses.CALLERS)
                : Optional.empty();
    }

    @Override
    public boolean wantsToken(String role) {
        return entry(role).isPresent();
    }

    @Override
    public Optional<String> passwordFor(String role, String token) {
        return entry(role)
                .filter(entry -> tokens.find(token)
                        .filter(issued -> issued.audience().equals(AUDIENCE))
                        .filter(issued -> issued.expires().isAfter(RealTime.now()))
                        .filter(issued -> entry.objectId().isEmpty()
                                ? issued.identity().displayName().equals(role)
                                : issued.identity().id().equals(entry.objectId()))
                        .isPresent())
                .map(EntraRoles.Entry::password);
    }

    private Optional<EntraRoles.Entry> entry(String role) {
        return server.properties().entraAuth() ? new EntraRoles(server.cluster()).find(role) : Optional.empty();
    }
}
