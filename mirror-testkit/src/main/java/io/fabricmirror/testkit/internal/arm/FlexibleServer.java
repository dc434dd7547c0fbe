package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.ServerId;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.internal.postgres.Cluster;
import io.fabricmirror.testkit.internal.postgres.EntraRoles;
import io.fabricmirror.testkit.internal.postgres.LoginGate;
import io.fabricmirror.testkit.internal.postgres.Passwords;
import io.fabricmirror.testkit.internal.token.Directory;
import io.fabricmirror.testkit.internal.token.Tokens;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One flexible server: its ARM properties, and the real PostgreSQL they act on, started when first needed. */
public final class FlexibleServer {
    /** The administrator's login. */
    public static final String ADMIN = "pgadmin";

    private final ServerId id;
    private final Pacer time;
    private final Executor worker;
    private final IntFunction<Cluster> clusters;
    private final Parameters parameters = new Parameters();
    private final ServerIdentity identity;
    private final ServerProperties properties = new ServerProperties();
    private final Map<String, FirewallRule> firewall = new LinkedHashMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private final String adminPassword = "A1-" + Passwords.random();
    private final LoginRules loginRules;
    private boolean enforcesFirewall;
    private @Nullable Cluster cluster;
    private @Nullable LoginGate gate;

    /** Describes a new server; its PostgreSQL is got from {@code clusters}, by major version, when first needed. */
    public FlexibleServer(
            ServerId id,
            Pacer time,
            Directory directory,
            Tokens tokens,
            Executor worker,
            IntFunction<Cluster> clusters) {
        this.id = id;
        this.time = time;
        this.worker = worker;
        this.clusters = clusters;
        this.identity = new ServerIdentity(directory, id.name());
        this.loginRules = new LoginRules(this, tokens);
    }

    /** Returns the server's id. */
    public ServerId id() {
        return id;
    }

    /** Returns the server's full name. */
    public String fqdn() {
        return id.name() + ".postgres.database.azure.com";
    }

    /** Returns the administrator's password. */
    public String adminPassword() {
        return adminPassword;
    }

    /** Returns what a test may set up beside what ARM changes. */
    public ServerProperties properties() {
        return properties;
    }

    /** Returns the running PostgreSQL. */
    public synchronized Cluster cluster() {
        Cluster running = cluster;
        if (running == null) {
            running = clusters.apply(properties.version());
            cluster = running;
            new Enablement(running).adminPassword(ADMIN, adminPassword);
            writeParameters(running);
            parameters.started();
        }
        return running;
    }

    /** Returns the PostgreSQL if it was started. */
    public synchronized Optional<Cluster> started() {
        return Optional.ofNullable(cluster);
    }

    /** Returns the port callers of this process are led to: the server's own, unless logins have to be judged first. */
    public synchronized int callersPort() throws SocketTimeoutException {
        if (enforcesFirewall && !properties.publicAccess()) {
            // The name leads to a private address; nothing answers there, which takes a while on the real network.
            throw new SocketTimeoutException("Connect timed out");
        }
        if (!enforcesFirewall && !properties.entraAuth()) {
            return cluster().port();
        }

        LoginGate open = gate == null ? new LoginGate(cluster(), loginRules, worker) : gate;
        gate = open;
        return open.port();
    }

    /** Puts callers of this process outside: from now on the firewall judges their logins. */
    public synchronized void enforceFirewall() {
        enforcesFirewall = true;
    }

    synchronized boolean enforcesFirewall() {
        return enforcesFirewall;
    }

    String tenantId() {
        return identity.tenantId();
    }

    /** Returns the Entra administrators. */
    List<EntraRoles.Entry> administrators() {
        return properties.entraAuth()
                ? new EntraRoles(cluster())
                        .all().stream().filter(EntraRoles.Entry::admin).toList()
                : List.of();
    }

    /** Makes an Entra administrator. */
    public void addAdministrator(String role, String objectId, String type) {
        new EntraRoles(cluster()).makeAdmin(role, objectId, type);
    }

    void removeAdministrator(String role) {
        new EntraRoles(cluster()).removeAdmin(role);
    }

    /** Sets the version; only before PostgreSQL was started. */
    public synchronized void version(int major) {
        if (cluster != null) {
            throw new IllegalStateException(id.name() + " runs already; set its version first");
        }
        properties.version(major);
    }

    /** Returns the object id of the system-assigned identity. */
    public synchronized Optional<String> principalId() {
        return identity.principalId();
    }

    /** Switches the system-assigned identity on. */
    public synchronized void enableIdentity() {
        identity.enable();
        started().ifPresent(this::writeParameters);
    }

    /** Switches the system-assigned identity off. */
    public synchronized void disableIdentity() {
        identity.disable();
        started().ifPresent(this::writeParameters);
    }

    /** Assigns a user-assigned identity. */
    public synchronized void addUserIdentity(String resourceId) {
        identity.addUserAssigned(resourceId);
    }

    /** Makes or replaces a firewall rule. */
    public synchronized void putRule(FirewallRule rule) {
        firewall.put(rule.name(), rule);
    }

    /** Removes a firewall rule. */
    public synchronized void removeRule(String name) {
        firewall.remove(name);
    }

    /** Returns the firewall rules. */
    public synchronized List<FirewallRule> rules() {
        return List.copyOf(firewall.values());
    }

    /** Tells whether Fabric's own addresses get through to the server. */
    public synchronized boolean admitsFabric() {
        return properties.publicAccess() && firewall.values().stream().anyMatch(FirewallRule::admitsAzureServices);
    }

    /** Sets a parameter at once, as a test's fixture; what needs a restart stays pending. */
    public synchronized void parameter(String name, String value) {
        parameters.put(parameters.checked(cluster(), name, value), value);
        apply();
    }

    /** Sets how logins prove themselves, as a test's fixture. */
    public synchronized void authentication(boolean password, boolean entra) {
        properties.authentication(password, entra);
        new Enablement(cluster()).authentication(password, entra);
    }

    synchronized Parameters parameters() {
        return parameters;
    }

    synchronized void patch(JsonNode body) {
        if (body.has("identity")) {
            identity.patch(body.get("identity"));
        }
        properties.patch(body);
        started().ifPresent(running -> {
            new Enablement(running).authentication(properties.passwordAuth(), properties.entraAuth());
            writeParameters(running);
        });
    }

    /** Writes the parameters and lets the mirroring workflow look at them. */
    synchronized void apply() {
        writeParameters(cluster());
        settleMirroring();
    }

    /** Restarts PostgreSQL; what was pending acts afterwards. */
    public void restart() {
        cluster().restart();
        synchronized (this) {
            parameters.started();
            settleMirroring();
        }
    }

    private void settleMirroring() {
        boolean enabled = parameters.azure(AzureParameter.MIRROR_ENABLED).equals("on") && properties.canMirror();
        String databases = parameters.azure(AzureParameter.MIRROR_DATABASES);
        new Enablement(cluster()).mirrored(enabled ? List.of(databases.split("\\s*,\\s*", -1)) : List.of());
    }

    private void writeParameters(Cluster running) {
        parameters.put(AzureParameter.PRINCIPAL, identity.principalId().orElse(""));
        parameters.put(
                AzureParameter.PRINCIPAL_TENANT,
                identity.principalId().map(principal -> identity.tenantId()).orElse(""));
        running.parameters(parameters.values());
    }

    /** Begins a long operation; refuses when another one is not done. */
    Operation begin(Duration lag, Runnable work, Supplier<Optional<ObjectNode>> result) {
        synchronized (operations) {
            refuseWhenBusy();
            Operation operation = new Operation(
                    UUID.randomUUID().toString(),
                    time.now(),
                    time.now().plus(lag),
                    CompletableFuture.runAsync(work, worker),
                    result);
            operations.add(operation);
            return operation;
        }
    }

    void refuseWhenBusy() {
        synchronized (operations) {
            if (operations.stream().anyMatch(operation -> !operation.done(time.now()))) {
                throw ArmErrors.serverIsBusy(id.name());
            }
        }
    }

    Optional<Operation> operation(String operationId) {
        synchronized (operations) {
            return operations.stream()
                    .filter(operation -> operation.id().equals(operationId))
                    .findFirst();
        }
    }

    /** Tells whether an operation really works right now. */
    public boolean working() {
        synchronized (operations) {
            return operations.stream().anyMatch(Operation::working);
        }
    }

    /** Describes the server as ARM does. */
    public synchronized ObjectNode json() {
        ObjectNode json = properties.json(id, fqdn(), ADMIN);
        identity.json().ifPresent(node -> json.set("identity", node));
        return json;
    }

    /** Ends PostgreSQL. */
    public synchronized void close() {
        Optional.ofNullable(gate).ifPresent(LoginGate::close);
        started().ifPresent(Cluster::close);
    }
}
