package io.fabricmirror.core.internal.scene;

import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Problem;
import io.fabricmirror.RunFacts;
import io.fabricmirror.SecretRef;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableProgress;
import io.fabricmirror.core.internal.lease.AdmittedPorts;
import io.fabricmirror.core.internal.lease.Openings;
import io.fabricmirror.core.internal.rules.JudgedTables;
import io.fabricmirror.core.internal.rules.Rules;
import io.fabricmirror.core.internal.run.NotKnownYet;
import io.fabricmirror.core.internal.run.Ports;
import io.fabricmirror.core.internal.run.Run;
import io.fabricmirror.core.internal.sql.AzureCdc;
import io.fabricmirror.core.internal.sql.RunnerLock;
import io.fabricmirror.core.internal.sql.SqlProblems;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.Workspace;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.ServerControl.Server;
import io.fabricmirror.spi.SourceDatabase.Login;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one mirror share: the plan, the ports and what was seen so far. A fact that nobody has seen yet throws
 * {@link NotKnownYet}. Not thread-safe.
 */
public final class MirrorScene implements AutoCloseable {
    /** Code of a server that another run is at work on. */
    public static final String ANOTHER_RUN = "ANOTHER_RUN";

    private static final Duration TURN_LIMIT = Duration.ofMinutes(10);
    private static final Duration TURN_INTERVAL = Duration.ofSeconds(1);

    private final MirrorPlan plan;
    private final Ports ports;
    private final Run run;
    private final Rules rules;
    private final Sessions sessions;
    /** The login that holds the runner's lock, apart from those that work. */
    private final Sessions turn;

    private final Openings openings;
    private @Nullable Server server;
    private @Nullable Workspace workspace;
    private final AdminLogin adminLogin;
    private @Nullable Secret rolePassword;
    private final SourceFacts facts;
    private @Nullable FabricConnection connection;
    private @Nullable Mirror mirror;
    private List<FabricConnection> visibleConnections = List.of();
    private List<TableProgress> progress = List.of();
    private @Nullable Rehearsal rehearsal;
    private boolean databaseExists;
    private boolean cdcAskable;
    private boolean adminRefused;
    private boolean answered;
    private boolean turnTaken;
    private boolean turnMissed;
    private boolean passwordReplaced;
    private boolean published;

    /**
     * Begins a scene in which nothing was seen yet.
     *
     * @param plan the plan
     * @param ports how to reach the world
     * @param run the run
     * @param rules the service's rules
     */
    public MirrorScene(MirrorPlan plan, Ports ports, Run run, Rules rules) {
        this.plan = plan;
        this.run = run;
        this.rules = rules;
        this.openings = new Openings(ports, run, plan.server());
        this.ports = AdmittedPorts.of(ports, openings);
        this.sessions = new Sessions(this.ports.source());
        this.turn = new Sessions(this.ports.source());
        this.facts = new SourceFacts(plan, rules);
        this.adminLogin = new AdminLogin(plan.admin(), this.ports);
    }

    /** Returns the plan. */
    public MirrorPlan plan() {
        return plan;
    }

    /** Returns the ports. */
    public Ports ports() {
        return ports;
    }

    /** Returns what is opened for this run only. */
    public Openings openings() {
        return openings;
    }

    /** Returns the secrets that the plan needs. */
    public List<SecretRef> secrets() {
        List<SecretRef> all = new ArrayList<>(plan.admin().password().stream().toList());
        plan.connection().secret().ifPresent(all::add);
        return all;
    }

    /** Returns the run. */
    public Run run() {
        return run;
    }

    /** Returns the service's rules. */
    public Rules rules() {
        return rules;
    }

    /** Returns the server as last seen. */
    public Server server() {
        return known(server, StepKey.SERVER);
    }

    /** Notes the server. */
    public void server(Server seen) {
        server = seen;
    }

    /** Notes which databases the server has. */
    public void databases(List<String> seen) {
        databaseExists = seen.contains(plan.database());
    }

    /** Returns the workspace. */
    public Workspace workspace() {
        return known(workspace, StepKey.SERVER);
    }

    /** Notes the workspace. */
    public void workspace(Workspace seen) {
        workspace = seen;
    }

    /** Returns the Fabric connection. */
    public FabricConnection connection() {
        return known(connection, StepKey.CONNECTION);
    }

    /** Returns the Fabric connection, if there is one. */
    public Optional<FabricConnection> connectionSeen() {
        return Optional.ofNullable(connection);
    }

    /** Notes the Fabric connection. */
    public void connection(FabricConnection seen) {
        connection = seen;
    }

    /** Returns all connections the caller may see. */
    public List<FabricConnection> visibleConnections() {
        return visibleConnections;
    }

    /** Notes all connections the caller may see. */
    public void visibleConnections(List<FabricConnection> seen) {
        visibleConnections = List.copyOf(seen);
    }

    /** Tells whether a connection points at the database to mirror, the way the plan goes. */
    public boolean pointsAtSource(FabricConnection candidate) {
        String gateway = plan.gateway() instanceof GatewayMode.VirtualNetwork through ? through.gatewayId() : null;
        return candidate.type().toLowerCase(Locale.ROOT).contains("postgresql")
                && candidate.path().equals(server().host() + ";" + plan.database())
                && Objects.equals(candidate.gatewayId(), gateway);
    }

    /** Returns the mirrored database. */
    public Mirror mirror() {
        return known(mirror, StepKey.MIRROR);
    }

    /** Notes the mirrored database. */
    public void mirror(Mirror seen) {
        mirror = seen;
    }

    /** Returns how far the tables have come. */
    public List<TableProgress> progress() {
        return progress;
    }

    /** Notes how far the tables have come. */
    public void progress(List<TableProgress> seen) {
        progress = List.copyOf(seen);
        run.progress(seen.stream().filter(TableProgress::arrived).count(), seen.size(), "tables");
    }

    /** Returns the ids of what was made or found. */
    public Map<String, String> made() {
        Map<String, String> made = new HashMap<>();
        if (workspace != null) {
            made.put(RunFacts.WORKSPACE_ID, workspace.id());
        }
        if (connection != null) {
            made.put(RunFacts.CONNECTION_ID, connection.id());
        }
        if (mirror != null) {
            made.put(RunFacts.MIRROR_ID, mirror.id());
        }
        return made;
    }

    /** Tells whether Fabric logs in as the administrator. */
    public boolean adminMode() {
        return plan.connection().mode() == ConnectionSpec.Mode.ADMIN;
    }

    /** Returns the name of the role that Fabric logs in as. */
    public String roleName() {
        return adminMode() ? adminName() : plan.connection().user();
    }

    /** Returns the name of the role that the administrator logs in as. */
    public String adminName() {
        return adminLogin.user(server());
    }

    /** Tells whether Fabric logs in with a Microsoft Entra token, so that there is no password. */
    public boolean entraMode() {
        return plan.connection().mode() == ConnectionSpec.Mode.ENTRA_ROLE;
    }

    /** Tells whether anybody logs in with a password. */
    public boolean needsPasswords() {
        return !entraMode() || plan.admin().password().isPresent();
    }

    /** Tells whether the server lets a login such as the administrator's in. */
    public boolean adminMaySignIn() {
        return adminLogin.isOpen(server());
    }

    /** Returns where that role's password is. */
    public SecretRef roleSecret() {
        return plan.connection().secret().or(plan.admin()::password).orElseThrow();
    }

    /** Returns that role's password, if it is known already. */
    public Optional<Secret> rolePasswordSeen() {
        return adminMode() ? Optional.of(adminLogin.password()) : Optional.ofNullable(rolePassword);
    }

    /** Returns that role's password. */
    public Secret rolePassword() {
        if (rehearsal != null) {
            return Rehearsal.PASSWORD;
        }

        return adminMode() ? adminLogin.password() : known(rolePassword, StepKey.CREDENTIAL);
    }

    /** Notes that role's password. */
    public void rolePassword(Secret password) {
        rolePassword = password;
    }

    /** Tells whether some mirror already reads the database, by what the server said last. */
    public boolean published() {
        return published;
    }

    /** Notes whether some mirror already reads the database. */
    public void published(boolean seen) {
        published = seen;
    }

    /** Tells whether the role got another password in this run. */
    public boolean passwordReplaced() {
        return passwordReplaced;
    }

    /** Notes that the role got another password than it had, so that whoever stored the old one needs the new one. */
    public void notePasswordReplaced() {
        passwordReplaced = true;
    }

    /** Notes that whoever stored the old password has the new one. */
    public void notePasswordPassedOn() {
        passwordReplaced = false;
    }

    /** Returns the tables, judged; reads them if nobody has since they last changed. */
    public JudgedTables tables() {
        return facts.tables(roleName(), this::admin);
    }

    /** Returns what is to be said of each table, if they could be read. */
    public Optional<JudgedTables> tablesSeen() {
        return facts.tablesSeen();
    }

    /** Forgets the tables and what the server says of them, so that the next look reads them again. */
    public void forgetTables() {
        facts.forget();
    }

    /**
     * Returns what the extension azure_cdc says, asked as the mirroring role, which must be able to log in; asks if nobody has since
     * the tables were last forgotten. From then on the tables are judged by it.
     */
    public AzureCdc.Answer cdc() {
        // Nobody but Fabric gets in as an Entra role. What the extension says of the administrator instead is left out.
        return facts.cdc(roleName(), entraMode() ? this::admin : this::role, entraMode());
    }

    /** Notes whether the extension azure_cdc is there, and whether the mirroring role may ask it. */
    public void found(AzureCdc.Found seen, boolean askable) {
        facts.found(seen);
        cdcAskable = askable;
    }

    /** Tells whether the mirroring role may ask the extension azure_cdc, if it is there. */
    public boolean mayAskCdc() {
        return cdcAskable;
    }

    /** Forgets what the extension says, so that the next look asks again. */
    public void forgetCdc() {
        facts.forgetCdc();
    }

    /** Returns the administrator's connection to the database to mirror; in a run that changes things, with the turn taken. */
    public Connection admin() {
        if (!databaseExists) {
            throw new NotKnownYet(StepKey.SERVER);
        } else if (!adminMaySignIn()) {
            throw new NotKnownYet(StepKey.IDENTITY);
        } else if (adminRefused) {
            // The first step that needed it has said why; the others need not repeat it.
            throw new NotKnownYet("judged when the administrator can log in");
        }

        try {
            if (run.applying() && !turnTaken) {
                takeTurn();
            }
            Connection admin = adminLogin.session(sessions, server(), plan.database());
            return rehearsal == null ? admin : rehearsal.on(admin);
        } catch (MirrorException e) {
            adminRefused = true;
            throw e;
        }
    }

    /**
     * Lets something be done while the administrator's connection only writes down what it would send.
     *
     * @param work what to do
     * @return the statements
     */
    public List<String> rehearse(Runnable work) {
        Rehearsal writing = new Rehearsal();
        rehearsal = writing;
        try {
            work.run();
        } finally {
            rehearsal = null;
        }
        return writing.statements();
    }

    /** Returns the administrator's connection to database {@code postgres}, where roles are mapped to Entra principals. */
    public Connection adminOfServer() {
        admin();
        Connection admin = adminLogin.session(sessions, server(), RunnerLock.DATABASE);
        return rehearsal == null ? admin : rehearsal.on(admin);
    }

    /** Returns the mirroring role's connection to the database to mirror. */
    public Connection role() {
        return sessions.of(
                roleName(), plan.database(), this::roleLogin, roleSecret().toString());
    }

    /** Ends the mirroring role's session and logs in anew, which proves the password. */
    public Connection freshRole() {
        sessions.end(roleName(), plan.database());
        return role();
    }

    private Login roleLogin() {
        return new Login(server().host(), plan.database(), roleName(), rolePassword());
    }

    /** Ends the sessions, for instance because the server restarted. */
    public void forgetSessions() {
        close();
        adminRefused = false;
        turnMissed |= turnTaken;
        turnTaken = false;
        facts.forget();
    }

    /**
     * Waits until no other runner is at work on this server, at most ten minutes. If it did not come at once, what was seen before
     * may have changed, and the run is told so.
     *
     * @throws MirrorException if another run stays at work, or the server cannot be logged in to
     */
    public void takeTurn() {
        Instant giveUp = run.now().plus(TURN_LIMIT);
        adminRefused = false;
        boolean waitedBefore = turnMissed;
        turnMissed = true;
        List<String> waitedFor = new ArrayList<>();
        run.waitUntilDone(TURN_INTERVAL, () -> {
            Optional<String> reason = notOurTurn(run.now().isAfter(giveUp));
            reason.ifPresent(waitedFor::add);
            return reason;
        });
        turnTaken = true;
        turnMissed = false;
        if (waitedBefore || !waitedFor.isEmpty()) {
            run.worldMayHaveMoved();
        }
    }

    /**
     * Makes sure, before something is changed, that the turn taken is still ours: it ends with its session.
     *
     * @return whether it was lost and had to be taken anew
     */
    public boolean retakeLostTurn() {
        boolean held = turnTaken;
        boolean tried = turnTaken || !adminRefused;
        if (server == null || !adminMaySignIn() || !tried || openings.isDoorClosed()) {
            // What opens the door comes first; the turn is taken behind it.
            return false;
        } else if (held && turn.isAlive(adminName(), RunnerLock.DATABASE)) {
            return false;
        }

        forgetSessions();
        turnMissed = true;
        try {
            takeTurn();
            return true;
        } catch (MirrorException e) {
            if (held || e.code().equals(ANOTHER_RUN)) {
                throw e;
            }

            // Where nobody can log in there is no lock; whoever needs the login says why it is refused.
            adminRefused = true;
            return false;
        }
    }

    /** Lets other runs begin, because this one changes nothing any more. */
    public void endTurn() {
        turn.close();
    }

    /** Tells whether the server let the administrator in during this run. */
    public boolean serverAnswered() {
        return answered;
    }

    private Optional<String> notOurTurn(boolean late) {
        try {
            Optional<String> holder = RunnerLock.take(adminLogin.session(turn, server(), RunnerLock.DATABASE));
            answered = true;
            if (holder.isPresent() && late) {
                throw new MirrorException(Problem.of(
                                ANOTHER_RUN,
                                "another run is at work on " + plan.server().name())
                        .seen(holder.get())
                        .remedy("wait until it is done, then apply again"));
            }

            return holder.map(other -> "another run is at work: " + other);
        } catch (MirrorException e) {
            boolean passes = e.code().equals(SqlProblems.SERVER_RESTARTING) || (answered && SqlProblems.isPassing(e));
            if (!passes || late) {
                throw e;
            }

            forgetSessions();
            return Optional.of("the server restarts");
        }
    }

    @Override
    public void close() {
        sessions.close();
        turn.close();
    }

    private static <T> T known(@Nullable T fact, StepKey from) {
        if (fact == null) {
            throw new NotKnownYet(from);
        }

        return fact;
    }
}
