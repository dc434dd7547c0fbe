package io.fabricmirror;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Wants a database of a PostgreSQL flexible server mirrored into a Fabric workspace. Immutable.
 *
 * <pre>{@code
 * MirrorPlan plan = MirrorPlan.named("orders").server(ServerId.parse(armId)).database("orders")
 *     .admin(AdminAccess.password(SecretRef.keyVault(vault, "postgres-admin-password")))
 *     .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(vault, "orders-fabric-user")))
 *     .workspace(WorkspaceRef.named("Sales"))
 *     .gateway(GatewayMode.publicAccess().admitAzureServices())
 *     .build();
 * }</pre>
 */
public final class MirrorPlan implements Plan {
    private final String name;
    private final ServerId server;
    private final String database;
    private final AdminAccess admin;
    private final ConnectionSpec connection;
    private final WorkspaceRef workspace;
    private final WorkspaceRole serverRole;
    private final TableSelection tables;
    private final GatewayMode gateway;
    private final boolean seedTable;
    private final Set<Area> checkOnly;
    private final Map<String, String> ignoredRules;
    private final NetworkFacts network;
    private final @Nullable String defaultSchema;
    private final @Nullable Integer retentionDays;
    private final boolean formerOwnersKeepDdl;

    private MirrorPlan(Builder builder) {
        this.name = builder.name;
        this.server = Objects.requireNonNull(builder.server);
        this.database = builder.database;
        this.admin = Objects.requireNonNull(builder.admin);
        this.connection = Objects.requireNonNull(builder.connection);
        this.workspace = Objects.requireNonNull(builder.workspace);
        this.serverRole = builder.serverRole;
        this.tables = builder.tables;
        this.gateway = builder.gateway;
        this.seedTable = builder.seedTable;
        this.checkOnly = Set.copyOf(builder.checkOnly);
        this.ignoredRules = Map.copyOf(builder.ignoredRules);
        this.network = builder.network;
        this.defaultSchema = builder.defaultSchema;
        this.retentionDays = builder.retentionDays;
        this.formerOwnersKeepDdl = builder.formerOwnersKeepDdl;
    }

    /**
     * Starts a plan. Its name becomes the mirrored database's display name in Fabric.
     *
     * @param name 1 to 123 characters (the limit Microsoft's Terraform provider enforces for mirrored databases)
     * @return a builder
     */
    public static Builder named(String name) {
        return new Builder(Objects.requireNonNull(name, "name"));
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Returns the server to mirror from.
     *
     * @return the server
     */
    public ServerId server() {
        return server;
    }

    /**
     * Returns the database to mirror.
     *
     * @return its name
     */
    public String database() {
        return database;
    }

    /**
     * Returns how the administrator logs in.
     *
     * @return the access
     */
    public AdminAccess admin() {
        return admin;
    }

    /**
     * Returns how Fabric logs in.
     *
     * @return the specification
     */
    public ConnectionSpec connection() {
        return connection;
    }

    /**
     * Returns the workspace that holds the mirrored database.
     *
     * @return the reference
     */
    public WorkspaceRef workspace() {
        return workspace;
    }

    /**
     * Returns the workspace role that the server's identity gets.
     *
     * @return the role
     */
    public WorkspaceRole serverRole() {
        return serverRole;
    }

    /**
     * Returns the tables to mirror.
     *
     * @return the selection
     */
    public TableSelection tables() {
        return tables;
    }

    /**
     * Returns how Fabric reaches the server.
     *
     * @return the mode
     */
    public GatewayMode gateway() {
        return gateway;
    }

    /**
     * Tells whether the seed table {@code public.fabric_mirror_seed} is wanted.
     *
     * @return whether it is wanted
     */
    public boolean seedTable() {
        return seedTable;
    }

    /**
     * Returns the schema setting of the mirrored database.
     *
     * @return the schema, or empty to leave it to Fabric or as it is
     */
    public Optional<String> defaultSchema() {
        return Optional.ofNullable(defaultSchema);
    }

    /**
     * Returns how long Fabric keeps history of the copy.
     *
     * @return days, or empty to leave it to Fabric or as it is
     */
    public Optional<Integer> retentionDays() {
        return Optional.ofNullable(retentionDays);
    }

    /**
     * Wants this mirror stopped: the copy stays in OneLake as it is. To start it again apply this plan, which copies every table
     * anew and so needs {@link Consent#RESEED}.
     *
     * @return the plan
     */
    public StopPlan stop() {
        return new StopPlan(this);
    }

    /**
     * Wants tables copied anew since a moment; running it twice copies them once. Needs {@link Consent#RESEED}.
     *
     * @param since a copy made before this moment does not do
     * @param tables the tables; none means all, for which the mirror is stopped and started
     * @return the plan
     */
    public ResyncPlan resync(Instant since, TableName... tables) {
        return new ResyncPlan(this, since, List.of(tables));
    }

    /**
     * Returns the areas that are looked at and never changed.
     *
     * @return the areas, unmodifiable
     */
    public Set<Area> checkOnly() {
        return checkOnly;
    }

    /**
     * Returns the dated rules that this plan ignores.
     *
     * @return reasons by the rules' keys, unmodifiable
     */
    public Map<String, String> ignoredRules() {
        return ignoredRules;
    }

    /**
     * Returns what is known of the network beyond what Azure shows.
     *
     * @return the facts
     */
    public NetworkFacts network() {
        return network;
    }

    /**
     * Tells whether those who owned tables become members of the mirroring role.
     *
     * @return whether they keep their DDL
     */
    public boolean formerOwnersKeepDdl() {
        return formerOwnersKeepDdl;
    }

    /**
     * Wants nothing left on this mirror's server that belongs to no mirror.
     *
     * @return the plan
     */
    public SweepPlan sweep() {
        return new SweepPlan(this);
    }

    /**
     * Starts a plan that wants this mirror gone, with as much of what was made for it as is said.
     *
     * @return a builder; without further parts only the mirrored database goes
     */
    public RemovalPlan.Builder removal() {
        return RemovalPlan.of(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MirrorPlan that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    /** Returns the plan on one line. */
    @Override
    public String toString() {
        return "MirrorPlan " + name + ": " + server.name() + "/" + database + " -> workspace " + workspace;
    }

    private List<Object> facts() {
        return List.of(
                name,
                server,
                database,
                admin,
                connection,
                workspace,
                serverRole,
                tables,
                gateway,
                seedTable,
                checkOnly,
                ignoredRules,
                network,
                defaultSchema(),
                retentionDays(),
                formerOwnersKeepDdl);
    }

    /**
     * Builds a {@link MirrorPlan}. Each method sets one value and returns this builder. Not thread-safe.
     */
    public static final class Builder {
        private static final int MAX_NAME = 123;
        private static final int MAX_IDENTIFIER_BYTES = 63;

        private final String name;
        private @Nullable ServerId server;
        private String database = "postgres";
        private @Nullable AdminAccess admin;
        private @Nullable ConnectionSpec connection;
        private @Nullable WorkspaceRef workspace;
        private WorkspaceRole serverRole = WorkspaceRole.CONTRIBUTOR;
        private TableSelection tables = TableSelection.eligible();
        private GatewayMode gateway = GatewayMode.publicAccess();
        private boolean seedTable = true;
        private final Set<Area> checkOnly = new TreeSet<>();
        private final Map<String, String> ignoredRules = new TreeMap<>();
        private NetworkFacts network = NetworkFacts.unknown();
        private @Nullable String defaultSchema;
        private @Nullable Integer retentionDays;
        private boolean formerOwnersKeepDdl;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Sets the server to mirror from. Required.
         *
         * @param server the server
         * @return this builder
         */
        public Builder server(ServerId server) {
            this.server = Objects.requireNonNull(server, "server");
            return this;
        }

        /**
         * Sets the database to mirror; {@code postgres} unless set. Case counts.
         *
         * @param database the database's name
         * @return this builder
         */
        public Builder database(String database) {
            this.database = Objects.requireNonNull(database, "database");
            return this;
        }

        /**
         * Sets how the administrator logs in. Required.
         *
         * @param admin the access
         * @return this builder
         */
        public Builder admin(AdminAccess admin) {
            this.admin = Objects.requireNonNull(admin, "admin");
            return this;
        }

        /**
         * Sets how Fabric logs in. Required.
         *
         * @param connection the specification
         * @return this builder
         */
        public Builder connection(ConnectionSpec connection) {
            this.connection = Objects.requireNonNull(connection, "connection");
            return this;
        }

        /**
         * Sets the workspace that holds the mirrored database. Required; it is never created.
         *
         * @param workspace the reference
         * @return this builder
         */
        public Builder workspace(WorkspaceRef workspace) {
            this.workspace = Objects.requireNonNull(workspace, "workspace");
            return this;
        }

        /**
         * Sets the workspace role that the server's identity gets; {@link WorkspaceRole#CONTRIBUTOR} unless set. It needs to write
         * the mirror's files in OneLake, and Fabric's API has no narrower grant.
         *
         * @param role a role that may write
         * @return this builder
         */
        public Builder serverRole(WorkspaceRole role) {
            this.serverRole = Objects.requireNonNull(role, "role");
            return this;
        }

        /**
         * Sets the tables to mirror; {@link TableSelection#eligible()} unless set.
         *
         * @param tables the selection
         * @return this builder
         */
        public Builder tables(TableSelection tables) {
            this.tables = Objects.requireNonNull(tables, "tables");
            return this;
        }

        /**
         * Sets how Fabric reaches the server; {@link GatewayMode#publicAccess()} unless set.
         *
         * @param gateway the mode
         * @return this builder
         */
        public Builder gateway(GatewayMode gateway) {
            this.gateway = Objects.requireNonNull(gateway, "gateway");
            return this;
        }

        /**
         * Does without the seed table. Unless said, {@code public.fabric_mirror_seed} with one row is made, so that a mirror of an
         * otherwise empty database has one table to show.
         *
         * @return this builder
         */
        public Builder withoutSeedTable() {
            this.seedTable = false;
            return this;
        }

        /**
         * Sets the schema setting of the mirrored database; unless set a new mirror gets {@code public}, which keeps the source's
         * schemas apart, and an existing one stays as it is. Changing it stops the mirror and copies every table anew.
         *
         * @param schema the schema
         * @return this builder
         */
        public Builder defaultSchema(String schema) {
            this.defaultSchema = Objects.requireNonNull(schema, "schema");
            return this;
        }

        /**
         * Sets how long Fabric keeps history of the copy; unless set it is left to Fabric, or as it is.
         *
         * @param days 1 to 30 (Fabric's limits)
         * @return this builder
         */
        public Builder retentionDays(int days) {
            this.retentionDays = days;
            return this;
        }

        /**
         * Leaves areas to their owners: what is wanted there is compared and reported with the values to set, and never changed.
         * None unless said.
         *
         * @param areas the areas
         * @return this builder
         */
        public Builder checkOnly(Area... areas) {
            checkOnly.addAll(Arrays.asList(areas));
            return this;
        }

        /**
         * Ignores a dated rule about servers that is known to be wrong for this one. Previews and reports say so.
         *
         * @param key the rule's key, as a finding names it, such as {@code server.tier}
         * @param reason why, for those who read the report
         * @return this builder
         */
        public Builder ignoreRule(String key, String reason) {
            ignoredRules.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(reason, "reason"));
            return this;
        }

        /**
         * Sets what is known of the network beyond what Azure shows; nothing unless set.
         *
         * @param network the facts
         * @return this builder
         */
        public Builder network(NetworkFacts network) {
            this.network = Objects.requireNonNull(network, "network");
            return this;
        }

        /**
         * Lets those who owned tables go on altering them: they become members of the mirroring role, with all rights it has. Unless
         * said they keep SELECT, INSERT, UPDATE and DELETE and lose ALTER, DROP, TRUNCATE and CREATE INDEX, so their migrations fail.
         *
         * @return this builder
         */
        public Builder formerOwnersKeepDdl() {
            this.formerOwnersKeepDdl = true;
            return this;
        }

        /**
         * Returns the plan.
         *
         * @return the plan
         * @throws PlanException if anything is missing or contradictory; it names every mistake with its remedy
         */
        public MirrorPlan build() {
            List<String> mistakes = new ArrayList<>();
            require(!name.isBlank(), mistakes, "name is blank; give the name to show in Fabric");
            require(
                    name.length() <= MAX_NAME,
                    mistakes,
                    "name has " + name.length() + " characters; Fabric takes " + MAX_NAME);
            require(server != null, mistakes, "server is missing; give .server(ServerId.parse(armId))");
            checkIdentifier("database", database, mistakes);
            require(
                    !database.matches("template[01]|azure_sys|azure_maintenance"),
                    mistakes,
                    "database \"" + database + "\" is the system's own; name the one that holds your tables");
            require(
                    admin != null,
                    mistakes,
                    "admin is missing; give .admin(AdminAccess.password(SecretRef.keyVault(vault, name)))");
            require(workspace != null, mistakes, "workspace is missing; give .workspace(WorkspaceRef.named(name))");
            require(
                    !serverRole.equals(WorkspaceRole.VIEWER),
                    mistakes,
                    "serverRole Viewer may not write; the server's identity needs Contributor or more");
            require(
                    retentionDays == null || (retentionDays >= 1 && retentionDays <= 30),
                    mistakes,
                    "retentionDays is " + retentionDays + "; Fabric takes 1 to 30");
            require(
                    defaultSchema == null || !defaultSchema.isBlank(),
                    mistakes,
                    "defaultSchema is blank; leave it out, or name a schema such as public");
            checkConnection(mistakes);
            require(
                    seedTable || tables.namedTables().stream().noneMatch(SEED::equals),
                    mistakes,
                    "tables names " + SEED + ", which .withoutSeedTable() does without; say one of the two");
            ignoredRules.forEach((key, reason) -> require(
                    key.startsWith("server.") && !reason.isBlank(),
                    mistakes,
                    "ignoreRule(\"" + key + "\") needs the key of a rule about servers (server.*) and a reason"));
            if (!mistakes.isEmpty()) {
                throw new PlanException(name, mistakes);
            }

            return new MirrorPlan(this);
        }

        private static final TableName SEED = new TableName("public", "fabric_mirror_seed");

        private void checkConnection(List<String> mistakes) {
            ConnectionSpec spec = connection;
            if (spec == null) {
                mistakes.add(
                        "connection is missing; give .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(vault, name)))");
                return;
            }

            require(
                    spec.mode() != ConnectionSpec.Mode.ADMIN
                            || admin == null
                            || admin.password().isPresent(),
                    mistakes,
                    "connection is the administrator's, whose login has no password; use ConnectionSpec.fabricUser(...) or"
                            + " ConnectionSpec.entraRole(...)");
            if (admin instanceof AdminAccess.Entra entra) {
                checkIdentifier("admin role", entra.roleName(), mistakes);
            }
            if (spec.mode() != ConnectionSpec.Mode.ADMIN) {
                checkIdentifier("connection user", spec.user(), mistakes);
            }
            if (spec.mode() == ConnectionSpec.Mode.FABRIC_USER) {
                require(
                        admin == null
                                || spec.secret().isEmpty()
                                || !spec.secret().equals(admin.password()),
                        mistakes,
                        "connection and administrator share the secret "
                                + spec.secret().map(SecretRef::toString).orElse("")
                                + "; name another one (absent is fine: it will be generated), or use ConnectionSpec.admin() knowingly");
            }
            spec.displayName()
                    .ifPresent(display -> require(
                            !display.isBlank() && display.length() <= 200,
                            mistakes,
                            "connection displayName must have 1 to 200 characters"));
        }

        private static void checkIdentifier(String what, String value, List<String> mistakes) {
            require(!value.isEmpty(), mistakes, what + " is empty; give its name");
            require(value.indexOf('\0') < 0, mistakes, what + " has a zero character, which PostgreSQL does not take");
            int bytes = value.getBytes(StandardCharsets.UTF_8).length;
            require(
                    bytes <= MAX_IDENTIFIER_BYTES,
                    mistakes,
                    what + " has " + bytes + " bytes; PostgreSQL would cut it to " + MAX_IDENTIFIER_BYTES);
        }

        private static void require(boolean condition, List<String> mistakes, String mistake) {
            if (!condition) {
                mistakes.add(mistake);
            }
        }
    }
}
