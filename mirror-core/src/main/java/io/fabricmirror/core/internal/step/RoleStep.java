package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.rules.JudgedTables;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
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
import java.util.Optional;

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
        Optional<State> state =
                MirroringRole.read(admin, scene.roleName(), scene.tables().schemas());
        return new Seen(state, state.isPresent() && logsIn());
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        List<Change> changes = changes(seen);
        if (changes.isEmpty()) {
            return PreviewStep.satisfied(key(), scene.roleName() + " logs in and has its grants");
        }

        List<Consent> consents = new ArrayList<>();
        if (seen.state().isPresent() && !seen.logsIn()) {
            consents.add(Consent.REPLACE_ROLE_PASSWORD);
        }
        if (seen.state()
                        .flatMap(State::seedOwner)
                        .filter(o -> !o.equals(scene.roleName()))
                        .isPresent()
                && scene.plan().seedTable()) {
            consents.add(Consent.CHANGE_TABLE_OWNERS);
        }
        return PreviewStep.change(
                key(),
                seen.state().isPresent() ? "complete " + scene.roleName() : "create " + scene.roleName(),
                changes,
                consents);
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
            State state = MirroringRole.read(
                            admin, scene.roleName(), scene.tables().schemas())
                    .orElseThrow();
            grant(admin, state);
        } catch (SQLException e) {
            throw SqlProblems.change(e, "prepare role " + scene.roleName());
        }
    }

    private boolean logsIn() {
        if (scene.adminMode()) {
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
        changes.addAll(grants(seen.state().orElse(nothing())));
        return changes;
    }

    private List<Change> loginChanges(Seen seen) {
        String role = scene.roleName();
        if (scene.adminMode()) {
            return List.of();
        } else if (seen.state().isEmpty()) {
            return List.of(Change.created("role " + role, "LOGIN REPLICATION CREATEDB CREATEROLE"));
        } else if (!seen.logsIn()) {
            return List.of(new Change("password of " + role, "another", "as stored in " + scene.roleSecret()));
        }
        return List.of();
    }

    private void makeLogin(Connection admin, Seen seen) throws SQLException {
        String password = scene.rolePassword().reveal();
        if (seen.state().isEmpty()) {
            Sql.execute(admin, MirroringRole.create(scene.roleName(), password));
        } else {
            Sql.execute(admin, MirroringRole.setPassword(scene.roleName(), password));
            scene.notePasswordReplaced();
        }
    }

    /** Lists the grants that are missing, each as the change that a preview shows. */
    private List<Change> grants(State state) {
        String role = scene.roleName();
        List<Change> grants = new ArrayList<>();
        if (!scene.adminMode() && !state.missingAttributes().isEmpty()) {
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
        if (!scene.adminMode() && !state.missingAttributes().isEmpty()) {
            Sql.execute(admin, "alter role " + role + " " + String.join(" ", state.missingAttributes()));
            scene.run().changed(grants.remove(0));
        }
        if (!state.cdcAdmin()) {
            Sql.execute(admin, "grant " + MirroringRole.CDC_ADMIN + " to " + role);
            scene.run().changed(grants.remove(0));
        }
        if (!state.createsInDatabase()) {
            String grant =
                    "grant create on database " + Sql.identifier(scene.plan().database()) + " to " + role;
            TemporaryMembership.during(admin, List.of(databaseOwner(admin)), () -> Sql.execute(admin, grant));
            scene.run().changed(grants.remove(0));
        }
        for (String schema : state.closedSchemas()) {
            asSchemaOwner(admin, schema, "grant usage, create on schema " + Sql.identifier(schema) + " to " + role);
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

    private static String databaseOwner(Connection admin) {
        return Sql.query(
                        admin,
                        "select pg_catalog.pg_get_userbyid(datdba) from pg_catalog.pg_database where datname = current_database()",
                        r -> r.getString(1))
                .get(0);
    }

    private static void asSchemaOwner(Connection admin, String schema, String statement) throws SQLException {
        String owner = Sql.query(
                        admin,
                        "select pg_catalog.pg_get_userbyid(nspowner) from pg_catalog.pg_namespace where nspname = ?",
                        r -> r.getString(1),
                        schema)
                .get(0);
        // The owner that PostgreSQL gives schema public since 15 has no members of its own; it stands for the
        // database's owner.
        owner = owner.equals("pg_database_owner") ? databaseOwner(admin) : owner;
        TemporaryMembership.during(admin, List.of(owner), () -> Sql.execute(admin, statement));
    }

    private void makeSeedTable(Connection admin, State state) throws SQLException {
        String seed = Sql.table(JudgedTables.SEED);
        String role = scene.roleName();
        List<String> roles =
                state.seedOwner().isPresent() ? List.of(state.seedOwner().get(), role) : List.of(role);
        TemporaryMembership.during(admin, roles, () -> {
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
        // Azure makes the role after mirroring was enabled, some time after ARM has called that done.
        Instant giveUp = scene.run().now().plus(PREPARED_WITHIN);
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            if (MirroringRole.exists(admin, MirroringRole.CDC_ADMIN)) {
                return Optional.empty();
            } else if (scene.run().now().isAfter(giveUp)) {
                throw new MirrorException(ReadinessStep.notPrepared(
                        scene.plan().server().name(), "role " + MirroringRole.CDC_ADMIN + " does not exist"));
            }

            return Optional.of("waiting for Azure to make role " + MirroringRole.CDC_ADMIN);
        });
    }

    private State nothing() {
        List<String> schemas = scene.tables().schemas();
        return new State(List.of(), false, false, false, schemas, schemas, Optional.empty());
    }

    /**
     * What the step sees.
     *
     * @param state what the role has, if it exists
     * @param logsIn whether it logs in with the stored password
     */
    public record Seen(Optional<State> state, boolean logsIn) {}
}
