package io.fabricmirror.testkit;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import io.fabricmirror.ServerId;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.internal.place.Addresses;
import io.fabricmirror.testkit.internal.place.Place;
import io.fabricmirror.testkit.internal.postgres.Cluster;
import io.fabricmirror.testkit.internal.token.ClientCredential;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A local Azure: Fabric, ARM, Key Vault and the token endpoint on the loopback interface, and real PostgreSQL servers.
 * Production code talks to it with production URLs and real authentication; only the sockets lead elsewhere. Nothing
 * leaves the machine.
 *
 * <pre>{@code
 * try (LocalAzure azure = LocalAzure.start()) {
 *     LocalServer server = azure.server("pg-orders").sql("orders", "create table t (id int primary key)");
 *     azure.vault("kv-main").put("postgres-admin-password", server.adminPassword());
 *     azure.workspace("Sales");
 *     // hand azure.credential(), azure.httpClient(), azure.jdbcProperties() and azure.pacer() to the code under test
 * }
 * }</pre>
 *
 * <p>Thread-safe. What it cannot know of the real services is said in the package documentation.
 */
public final class LocalAzure implements AutoCloseable {
    /** The public address that callers of this process have for the firewalls of servers and vaults. */
    public static final String CALLERS_ADDRESS = Addresses.CALLERS;

    private final Faults faults = new Faults();
    private final LocalServices services;
    private final LocalIdentity caller;
    private final int postgresVersion;

    private LocalAzure(Builder builder) {
        postgresVersion = builder.postgresVersion;
        services = new LocalServices(builder.overHttp, faults.meddler());
        caller = services.directory.add("local-caller", "ServicePrincipal");
        services.servers.role(caller, "Owner");
    }

    /**
     * Starts a local Azure that answers over real HTTP.
     *
     * @return the running local Azure; close it at the end
     */
    public static LocalAzure start() {
        return builder().start();
    }

    /**
     * Returns a builder.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a credential of {@link #caller()}; its tokens come from the local token endpoint.
     *
     * @return the credential
     */
    public TokenCredential credential() {
        return credential(caller);
    }

    /**
     * Returns a credential of another principal.
     *
     * @param identity the principal, from {@link #identity}
     * @return the credential
     */
    public TokenCredential credential(LocalIdentity identity) {
        return new ClientCredential(services.httpClient, services.directory, identity);
    }

    /**
     * Returns the HTTP client that carries production URLs to this local Azure. Other hosts are unknown to it.
     *
     * @return the client
     */
    public HttpClient httpClient() {
        return services.httpClient;
    }

    /**
     * Returns the properties with which the PostgreSQL driver reaches the local servers under their full names, over TLS
     * that is verified.
     *
     * @return the driver's properties
     */
    public Map<String, String> jdbcProperties() {
        return services.jdbcProperties;
    }

    /**
     * Returns the clock of this local Azure. A pause skips at once, but waits while real work is in flight.
     *
     * @return the clock
     */
    public Pacer pacer() {
        return services.time;
    }

    /**
     * Returns the principal that {@link #credential()} signs in: owner of every server, administrator of every workspace.
     *
     * @return the principal
     */
    public LocalIdentity caller() {
        return caller;
    }

    /**
     * Returns the tenant's id.
     *
     * @return a GUID
     */
    public String tenantId() {
        return services.directory.tenantId();
    }

    /**
     * Returns the client secret of a principal, for credentials that are made with one.
     *
     * @param identity the principal
     * @return its secret
     */
    public String clientSecret(LocalIdentity identity) {
        return services.directory.secret(identity);
    }

    /**
     * Adds an application that has no rights anywhere yet.
     *
     * @param displayName its name
     * @return the principal
     */
    public LocalIdentity identity(String displayName) {
        return services.directory.add(displayName, "ServicePrincipal");
    }

    /**
     * Adds a person who has no rights anywhere yet.
     *
     * @param displayName the person's name
     * @return the principal
     */
    public LocalIdentity person(String displayName) {
        return services.directory.add(displayName, "User");
    }

    /**
     * Sets what a principal may do with all servers through ARM.
     *
     * @param identity the principal
     * @param role {@code Owner}, {@code Reader} or {@code None}
     * @return this
     */
    public LocalAzure serverRole(LocalIdentity identity, String role) {
        services.servers.role(identity, role);
        return this;
    }

    /**
     * Returns the server of a name: an ordinary new one when first asked for. PostgreSQL starts when it is first needed.
     *
     * @param name the server's short name
     * @return the server
     */
    public LocalServer server(String name) {
        ServerId id = ServerId.of(Place.SUBSCRIPTION, Place.GROUP, name);
        return new LocalServer(services.server(id, postgresVersion), services.jdbcProperties);
    }

    /**
     * Returns the vault of a name: an empty one when first asked for.
     *
     * @param name the vault's name
     * @return the vault
     */
    public LocalVault vault(String name) {
        return new LocalVault(services.vaults.vault(Objects.requireNonNull(name, "name")));
    }

    /**
     * Returns the workspace of a name: when first asked for an empty one on an active F8 capacity, with the caller as its
     * administrator.
     *
     * @param name the workspace's name
     * @return the workspace
     */
    public LocalWorkspace workspace(String name) {
        return new LocalWorkspace(services.tenant.workspace(Objects.requireNonNull(name, "name"), caller), caller);
    }

    /**
     * Adds a virtual network data gateway that is online.
     *
     * @param name the gateway's name
     * @return the gateway
     */
    public LocalGateway gateway(String name) {
        return new LocalGateway(services.tenant.addGateway(name, caller));
    }

    /**
     * Sets how many items one page of a Fabric list holds; all of them unless set.
     *
     * @param items how many
     * @return this
     */
    public LocalAzure fabricPageSize(int items) {
        services.tenant.pageSize(items);
        return this;
    }

    /** Ends every token issued so far; the next calls with them are refused. */
    public void expireTokens() {
        services.tokens.expireAll();
    }

    /**
     * Returns the faults of this local Azure, to set some.
     *
     * @return the faults
     */
    public Faults faults() {
        return faults;
    }

    /**
     * Lets the clock jump ahead, as it does for a machine that slept.
     *
     * @param duration how far
     */
    public void jump(Duration duration) {
        services.time.jump(duration);
    }

    /**
     * Returns the calls so far.
     *
     * @return the calls, oldest first
     */
    public List<RecordedCall> calls() {
        return services.gate.calls();
    }

    /**
     * Returns the calls of one operation so far.
     *
     * @param call the operation
     * @return its calls, oldest first
     */
    public List<RecordedCall> calls(Call call) {
        return services.gate.calls().stream()
                .filter(recorded -> recorded.call().equals(call))
                .toList();
    }

    /** Forgets the calls so far. */
    public void forgetCalls() {
        services.gate.forgetCalls();
    }

    /**
     * Returns the port of the HTTP server on 127.0.0.1.
     *
     * @return the port; empty when the requests go straight into the model
     */
    public OptionalInt httpPort() {
        return services.wire.map(server -> OptionalInt.of(server.port())).orElse(OptionalInt.empty());
    }

    /**
     * Returns the way in for programs that are not Java, started when first asked for.
     *
     * @return the proxy; it ends with this local Azure
     * @throws IllegalStateException if this local Azure was built without HTTP
     */
    public LocalProxy proxy() {
        return services.proxy();
    }

    LocalServices services() {
        return services;
    }

    /** Ends servers, mirrors and threads, and deletes what they left. Can be called twice. */
    @Override
    public void close() {
        services.close();
    }

    /** Builds a {@link LocalAzure}. Not thread-safe. */
    public static final class Builder {
        private int postgresVersion = Cluster.defaultMajor();
        private boolean overHttp = true;

        private Builder() {}

        /**
         * Sets the major version of servers that do not name one. Unless set it is 16 if that is on the class path, else the
         * newest there.
         *
         * @param major the major version
         * @return this
         */
        public Builder postgresVersion(int major) {
            this.postgresVersion = major;
            return this;
        }

        /**
         * Lets requests go straight into the model, without HTTP: faster, and no port is opened. Over real HTTP unless
         * set.
         *
         * @return this
         */
        public Builder withoutHttp() {
            this.overHttp = false;
            return this;
        }

        /**
         * Starts it.
         *
         * @return the running local Azure; close it at the end
         */
        public LocalAzure start() {
            return new LocalAzure(this);
        }
    }
}
