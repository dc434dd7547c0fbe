package io.fabricmirror.core.internal.step;

import io.fabricmirror.AdminAccess;
import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.rules.JudgedTables;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.AdminReach;
import io.fabricmirror.core.internal.sql.AdminReach.Door;
import io.fabricmirror.core.internal.sql.AzureCdc.Extension;
import io.fabricmirror.core.internal.sql.MirroringRole;
import io.fabricmirror.core.internal.sql.MirroringRole.State;
import io.fabricmirror.core.internal.sql.Sql;
import io.fabricmirror.core.internal.sql.SqlProblems;
import io.fabricmirror.core.internal.sql.TemporaryMembership;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the mirroring role: login, attributes, grants, the seed table. Every statement can be repeated. */
public final class RoleStep extends Step<RoleStep.Seen> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration PREPARED_WITHIN = Duration.ofMinutes(5);

    private final MirrorScene scene;

    /** Prepares the step. */
    public RoleStep(MirrorScene scene) {
        super(StepKey.ROLE);
        this.scene = scene;
    }

    @Override
    protected Seen observe() {
        Connection admin = scene.admin();
        scene.forgetTables();
        State state = state(admin);
        Seen seen = new Seen(state, state.exists() && logsIn(), List.of());
        scene.found(state.cdc(), seen.logsIn() && state.cdcAdmin());
        // Only what is still to be granted has to be in the administrator's reach.
        return changes(seen).isEmpty() ? seen : new Seen(state, seen.logsIn(), doors(admin, state));
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        List<Change> changes = changes(seen);
        if (changes.isEmpty()) {
            return PreviewStep.satisfied(key(), scene.roleName() + " logs in and has its grants");
        } else if (seen.state().cdc().extension() == Extension.COUNTERFEIT) {
            return PreviewStep.blocked(key(), ReadinessStep.counterfeit(scene.plan()));
        }

        List<Lack> lacks = lacks(seen);
        if (!lacks.isEmpty()) {
            return PreviewStep.blocked(key(), lacking(lacks));
        }

        List<Consent> consents = new ArrayList<>();
        if (seen.state().exists() && !seen.logsIn()) {
            consents.add(Consent.REPLACE_ROLE_PASSWORD);
        }
        if (foreignSeed(seen.state())) {
            consents.add(Consent.CHANGE_TABLE_OWNERS);
        }
        return PreviewStep.change(
                key(),
                seen.state().exists() ? "complete " + scene.roleName() : "create " + scene.roleName(),
                changes,
                consents);
    }

    @Override
    public boolean changesBySqlOnly() {
        return true;
    }

    @Override
    protected void change(Seen seen) {
        Connection admin = scene.admin();
        waitForCdcAdmin(admin);
        try {
            for (Change change : loginChanges(seen)) {
                makeLogin(admin, seen);
                scene.run().changed(change);
            }
            grant(admin, state(admin));
        } catch (SQLException e) {
            throw SqlProblems.change(e, "prepare role " + scene.roleName());
        }
    }

    private State state(Connection admin) {
        return MirroringRole.read(
                admin, scene.roleName(), attributes(), scene.tables().schemas());
    }

    /** Returns the attributes the role should have; the administrator keeps its own. */
    private List<String> attributes() {
        return scene.adminMode() ? List.of() : scene.plan().connection().attributes();
    }

    private List<Door> doors(Connection admin, State state) {
        return AdminReach.doors(admin, state.closedSchemas()).stream()
                .filter(door -> !door.schema().isEmpty() || !state.createsInDatabase())
                .toList();
    }

    private boolean foreignSeed(State state) {
        return scene.plan().seedTable()
                && state.seedOwner().filter(o -> !o.equals(scene.roleName())).isPresent();
    }

    /** Finds what the administrator may not do, each with the statement that would let it. */
    private List<Lack> lacks(Seen seen) {
        State state = seen.state();
        String role = scene.roleName();
        String me = Sql.identifier(scene.adminName());
        List<Lack> lacks = new ArrayList<>();
        boolean login = !scene.adminMode()
                && (!seen.logsIn() || !state.missingAttributes().isEmpty());
        if (scene.entraMode()) {
            if (!state.exists() && !(scene.plan().admin() instanceof AdminAccess.Entra)) {
                lacks.add(new Lack(
                        "only a Microsoft Entra administrator may map role " + role,
                        "plan .admin(AdminAccess.entra(...)), or as such one in database postgres: " + mapping()));
            }
        } else if (login && !state.createsRoles()) {
            lacks.add(new Lack("it may not make or change roles", "ALTER ROLE " + me + " CREATEROLE"));
        } else if (login && !state.administersRole()) {
            lacks.add(new Lack(role + " was made by somebody else", admits(role, me)));
        }
        if (login && !state.notToGive().isEmpty()) {
            String attributes = String.join(" ", state.notToGive()).toUpperCase(Locale.ROOT);
            lacks.add(new Lack("it lacks " + attributes + " itself", "ALTER ROLE " + me + " " + attributes));
        }
        if (state.cdcAdminExists() && !state.cdcAdmin() && !state.givesCdcAdmin()) {
            lacks.add(new Lack("it may not give " + MirroringRole.CDC_ADMIN, admits(MirroringRole.CDC_ADMIN, me)));
        }
        for (String schema : state.missingSchemas()) {
            lacks.add(new Lack(
                    "schema " + schema + " does not exist, where the seed table belongs",
                    "CREATE SCHEMA " + Sql.identifier(schema) + " (or plan .withoutSeedTable())"));
        }
        for (String owner : ownersOutOfReach(seen)) {
            lacks.add(new Lack("it cannot act for " + owner + ", who owns " + owned(seen, owner), admits(owner, me)));
        }
        return lacks;
    }

    private Set<String> ownersOutOfReach(Seen seen) {
        Set<String> owners = seen.doors().stream()
                .filter(door -> !door.opens())
                .map(Door::owner)
                .collect(Collectors.toCollection(TreeSet::new));
        if (foreignSeed(seen.state())) {
            owners.add(seen.state().seedOwner().orElseThrow());
        }
        return owners.isEmpty() ? Set.of() : new TreeSet<>(AdminReach.outOfReach(scene.admin(), owners));
    }

    private static String owned(Seen seen, String owner) {
        List<String> owned = seen.doors().stream()
                .filter(door -> door.owner().equals(owner))
                .map(door -> door.schema().isEmpty() ? "the database" : "schema " + door.schema())
                .toList();
        return owned.isEmpty() ? "table " + JudgedTables.SEED : String.join(", ", owned);
    }

    private static String admits(String role, String to) {
        return "GRANT " + Sql.identifier(role) + " TO " + to + " WITH ADMIN OPTION";
    }

    private Problem lacking(List<Lack> lacks) {
        String admin = scene.adminName();
        return Problem.of("ADMIN_LACKS_RIGHTS", "administrator " + admin + " cannot prepare " + scene.roleName())
                .seen(lacks.stream().map(Lack::what).collect(Collectors.joining("; ")))
                .who("whoever has the right WITH ADMIN OPTION; on Azure most often another member of azure_pg_admin")
                .remedy(lacks.stream().map(Lack::remedy).collect(Collectors.joining("; ")));
    }

    private boolean logsIn() {
        if (scene.adminMode() || scene.entraMode()) {
            // Of an Entra role only Fabric can prove it.
            return true;
        } else if (scene.rolePasswordSeen().isEmpty()) {
            return false;
        }

        try {
            scene.freshRole();
            return true;
        } catch (MirrorException e) {
            if (e.code().equals(SqlProblems.LOGIN_REFUSED)) {
                return false;
            }

            throw e;
        }
    }

    private List<Change> changes(Seen seen) {
        List<Change> changes = new ArrayList<>(loginChanges(seen));
        changes.addAll(grants(seen.state()));
        return changes;
    }

    private List<Change> loginChanges(Seen seen) {
        String role = scene.roleName();
        if (scene.adminMode()) {
            return List.of();
        } else if (!seen.state().exists() && scene.entraMode()) {
            return List.of(Change.created("role " + role, "mapped to the Microsoft Entra principal of that name"));
        } else if (!seen.state().exists()) {
            return List.of(Change.created(
                    "role " + role, String.join(" ", attributes()).toUpperCase(Locale.ROOT)));
        } else if (!seen.logsIn()) {
            return List.of(new Change("password of " + role, "another", "as stored in " + scene.roleSecret()));
        }
        return List.of();
    }

    /** Returns the statement that maps the role to the Entra principal of its name: no administrator, no second factor. */
    private String mapping() {
        return "select * from pg_catalog.pgaadauth_create_principal(" + Sql.literal(scene.roleName())
                + ", false, false)";
    }

    private void makeLogin(Connection admin, Seen seen) throws SQLException {
        if (scene.entraMode()) {
            Sql.execute(scene.adminOfServer(), mapping());
            return;
        }

        String password = scene.rolePassword().reveal();
        String role = scene.roleName();
        try {
            Sql.execute(
                    admin,
                    seen.state().exists()
                            ? MirroringRole.setPassword(role, password)
                            : MirroringRole.create(role, attributes(), password));
        } catch (SQLException e) {
            if (SqlProblems.isAboutPassword(e)) {
                throw passwordRefused(e);
            }

            throw e;
        }
        if (seen.state().exists()) {
            scene.notePasswordReplaced();
        }
    }

    private MirrorException passwordRefused(SQLException e) {
        String role = Sql.identifier(scene.roleName());
        return new MirrorException(
                Problem.of("PASSWORD_REFUSED", "the server refuses the password of " + scene.roleName())
                        .seen(SqlProblems.seen(e))
                        .cause(
                                "the password is hashed on this side and sent as a SCRAM verifier, so that no log of the server"
                                        + " can hold it; this server takes no such verifier, or not this password")
                        .remedy(
                                "let the server take SCRAM-SHA-256 verifiers (azure.accepted_password_auth_method, password"
                                        + " checks), or store another password; or set it by hand: ALTER ROLE " + role
                                        + " PASSWORD '...' with what is in " + scene.roleSecret() + ", then run again"),
                e);
    }

    /** Lists the grants that are missing, each as the change that a preview shows. */
    private List<Change> grants(State state) {
        String role = scene.roleName();
        List<Change> grants = new ArrayList<>();
        if (state.exists() && !state.missingAttributes().isEmpty()) {
            grants.add(Change.created("attributes of " + role, String.join(" ", state.missingAttributes())));
        }
        if (!state.cdcAdmin()) {
            grants.add(Change.created("member of " + MirroringRole.CDC_ADMIN, role));
        }
        if (!state.createsInDatabase()) {
            grants.add(Change.created("CREATE on database " + scene.plan().database(), role));
        }
        state.closedSchemas().forEach(s -> grants.add(Change.created("USAGE, CREATE on schema " + s, role)));
        state.plainSchemas().forEach(s -> grants.add(Change.created("default privileges in schema " + s, role)));
        if (scene.plan().seedTable() && !state.seedOwner().equals(Optional.of(role))) {
            grants.add(new Change(
                    "seed table " + JudgedTables.SEED,
                    state.seedOwner().map(owner -> "owned by " + owner).orElse("absent"),
                    "one row, owned by " + role));
        }
        return grants;
    }

    private void grant(Connection admin, State state) throws SQLException {
        String role = Sql.identifier(scene.roleName());
        List<Change> grants = new ArrayList<>(grants(state));
        if (state.exists() && !state.missingAttributes().isEmpty()) {
            Sql.execute(admin, "alter role " + role + " " + String.join(" ", state.missingAttributes()));
            scene.run().changed(grants.remove(0));
        }
        if (!state.cdcAdmin()) {
            Sql.execute(admin, "grant " + MirroringRole.CDC_ADMIN + " to " + role);
            scene.run().changed(grants.remove(0));
        }
        for (Door door : doors(admin, state)) {
            door.open(
                    admin,
                    door.schema().isEmpty()
                            ? "grant create on database "
                                    + Sql.identifier(scene.plan().database()) + " to " + role
                            : "grant usage, create on schema " + Sql.identifier(door.schema()) + " to " + role);
            scene.run().changed(grants.remove(0));
        }
        for (String schema : state.plainSchemas()) {
            Sql.execute(
                    admin,
                    "alter default privileges in schema " + Sql.identifier(schema) + " grant all on tables to " + role);
            scene.run().changed(grants.remove(0));
        }
        if (!grants.isEmpty()) {
            makeSeedTable(admin, state);
            scene.run().changed(grants.remove(0));
        }
    }

    private void makeSeedTable(Connection admin, State state) throws SQLException {
        String seed = Sql.table(JudgedTables.SEED);
        String role = scene.roleName();
        TemporaryMembership.during(admin, state.seedOwner().stream().toList(), List.of(role), () -> {
            if (state.seedOwner().isPresent()) {
                Sql.execute(admin, "alter table " + seed + " owner to " + Sql.identifier(role));
                return;
            }

            Sql.execute(admin, "set local role " + Sql.identifier(role));
            Sql.execute(
                    admin,
                    "create table " + seed
                            + " (id bigserial primary key, created_at timestamptz not null default now())");
            Sql.execute(admin, "insert into " + seed + " default values");
            Sql.execute(admin, "reset role");
        });
        scene.forgetTables();
    }

    private void waitForCdcAdmin(Connection admin) {
        // Azure makes role and extension after mirroring was enabled, some time after ARM has called that done. The
        // extension
        // is waited for here, so that it judges the tables before their owners change.
        Instant giveUp = scene.run().now().plus(PREPARED_WITHIN);
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            State state = state(admin);
            if (state.cdcAdminExists() && state.cdc().extension() == Extension.READY) {
                return Optional.empty();
            } else if (scene.run().now().isAfter(giveUp)) {
                throw new MirrorException(ReadinessStep.notPrepared(
                        scene.plan().server().name(),
                        state.cdcAdminExists()
                                ? "extension azure_cdc is not installed in "
                                        + scene.plan().database()
                                : "role " + MirroringRole.CDC_ADMIN + " does not exist"));
            }

            return Optional.of("waiting for Azure to install azure_cdc");
        });
    }

    private record Lack(String what, String remedy) {}

    /**
     * What the step sees.
     *
     * @param state what the role has
     * @param logsIn whether it logs in with the stored password
     * @param doors the database and schemas that are still closed to it
     */
    public record Seen(State state, boolean logsIn, List<Door> doors) {}
}
