package io.fabricmirror.testkit;

import io.fabricmirror.ServerId;
import io.fabricmirror.testkit.internal.arm.FirewallRule;
import io.fabricmirror.testkit.internal.arm.FlexibleServer;
import io.fabricmirror.testkit.internal.mirror.TableReader;
import io.fabricmirror.testkit.internal.mirror.TableRef;
import io.fabricmirror.testkit.internal.postgres.Scripts;
import io.fabricmirror.testkit.internal.postgres.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A flexible server of the local Azure, with a real PostgreSQL behind it. New, it is General Purpose, PostgreSQL 16 (or
 * what the local Azure was built with), public without any firewall rule, without identity, with password sign-in,
 * {@code wal_level} replica and an administrator {@code pgadmin} who is no superuser. Thread-safe.
 */
public final class LocalServer {
    private final FlexibleServer server;
    private final Map<String, String> jdbcProperties;

    LocalServer(FlexibleServer server, Map<String, String> jdbcProperties) {
        this.server = server;
        this.jdbcProperties = jdbcProperties;
    }

    /**
     * Returns the server's id.
     *
     * @return the id
     */
    public ServerId id() {
        return server.id();
    }

    /**
     * Returns the server's full name.
     *
     * @return the name clients connect to
     */
    public String fqdn() {
        return server.fqdn();
    }

    /**
     * Returns the administrator's login.
     *
     * @return {@code pgadmin}
     */
    public String adminLogin() {
        return FlexibleServer.ADMIN;
    }

    /**
     * Returns the administrator's password, different for each server.
     *
     * @return the password
     */
    public String adminPassword() {
        return server.adminPassword();
    }

    /**
     * Sets the version; only before the server is first used.
     *
     * @param major the major version; its binaries must be on the class path to be started
     * @return this
     */
    public LocalServer version(int major) {
        server.version(major);
        return this;
    }

    /**
     * Sets the tier.
     *
     * @param tier {@code Burstable}, {@code GeneralPurpose} or {@code MemoryOptimized}
     * @return this
     */
    public LocalServer tier(String tier) {
        String sku = switch (tier) {
            case "Burstable" -> "Standard_B2s";
            case "MemoryOptimized" -> "Standard_E2ds_v5";
            default -> "Standard_D2ds_v5";
        };
        server.properties().tier(tier, sku);
        return this;
    }

    /**
     * Sets the high-availability mode.
     *
     * @param mode {@code Disabled}, {@code SameZone} or {@code ZoneRedundant}
     * @return this
     */
    public LocalServer highAvailability(String mode) {
        server.properties().highAvailability(mode);
        return this;
    }

    /**
     * Says that the server is a read replica. PostgreSQL behind it stays a primary.
     *
     * @return this
     */
    public LocalServer replica() {
        server.properties().replicationRole("AsyncReplica");
        return this;
    }

    /**
     * Sets the state ARM shows.
     *
     * @param state for instance {@code Ready}, {@code Stopped}, {@code Updating}
     * @return this
     */
    public LocalServer state(String state) {
        server.properties().state(state);
        return this;
    }

    /**
     * Sets the region ARM shows.
     *
     * @param region for instance {@code West Europe}
     * @return this
     */
    public LocalServer region(String region) {
        server.properties().region(region);
        return this;
    }

    /**
     * Sets the size of the storage ARM shows.
     *
     * @param gigabytes the size
     * @return this
     */
    public LocalServer storageGb(int gigabytes) {
        server.properties().storageGb(gigabytes);
        return this;
    }

    /**
     * Sets how full the storage is, as Azure Monitor shows it.
     *
     * @param percent from 0 to 100
     * @return this
     */
    public LocalServer storageUsed(int percent) {
        server.properties().storageUsed(percent);
        return this;
    }

    /**
     * Takes the public endpoint away.
     *
     * @return this
     */
    public LocalServer noPublicAccess() {
        server.properties().publicAccess(false);
        return this;
    }

    /**
     * Adds an approved private endpoint.
     *
     * @param name the endpoint's name
     * @return this
     */
    public LocalServer privateEndpoint(String name) {
        server.properties().privateEndpoint(name);
        return this;
    }

    /**
     * Puts the server into a virtual network; it has no public endpoint then.
     *
     * @param subnetId the resource id of the delegated subnet
     * @return this
     */
    public LocalServer delegatedSubnet(String subnetId) {
        server.properties().delegatedSubnet(subnetId);
        return this;
    }

    /**
     * Makes or replaces a firewall rule.
     *
     * @param name the rule's name
     * @param start the first address
     * @param end the last address
     * @return this
     */
    public LocalServer firewallRule(String name, String start, String end) {
        server.putRule(new FirewallRule(name, start, end));
        return this;
    }

    /**
     * Makes the rule that lets every Azure service in.
     *
     * @return this
     */
    public LocalServer admitAzureServices() {
        return firewallRule("AllowAllAzureServicesAndResourcesWithinAzureIps", "0.0.0.0", "0.0.0.0");
    }

    /**
     * Removes a firewall rule, if it is there.
     *
     * @param name the rule's name
     * @return this
     */
    public LocalServer removeFirewallRule(String name) {
        server.removeRule(name);
        return this;
    }

    /**
     * Returns the addresses of the firewall rules.
     *
     * @return first and last address by the rule's name, as {@code first-last}
     */
    public Map<String, String> firewallRules() {
        return server.rules().stream()
                .collect(Collectors.toUnmodifiableMap(FirewallRule::name, rule -> rule.start() + "-" + rule.end()));
    }

    /**
     * Switches the system-assigned identity on. Fabric knows it only after a while, as after a change through ARM.
     *
     * @return this
     */
    public LocalServer systemAssignedIdentity() {
        server.enableIdentity();
        return this;
    }

    /**
     * Switches the system-assigned identity off.
     *
     * @return this
     */
    public LocalServer noSystemAssignedIdentity() {
        server.disableIdentity();
        return this;
    }

    /**
     * Assigns a user-assigned identity.
     *
     * @param resourceId the identity's resource id
     * @return this
     */
    public LocalServer userAssignedIdentity(String resourceId) {
        server.addUserIdentity(resourceId);
        return this;
    }

    /**
     * Returns the object id of the system-assigned identity.
     *
     * @return the principal; empty while it is off
     */
    public Optional<String> principalId() {
        return server.principalId();
    }

    /**
     * Lets only Entra identities sign in, with a token of {@code https://ossrdbms-aad.database.windows.net} as the password.
     *
     * @return this
     */
    public LocalServer entraOnly() {
        server.authentication(false, true);
        return this;
    }

    /**
     * Lets both passwords and Entra identities sign in.
     *
     * @return this
     */
    public LocalServer passwordAndEntra() {
        server.authentication(true, true);
        return this;
    }

    /**
     * Makes a principal an Entra administrator, whose role bears the principal's name. Entra sign-in has to be on.
     *
     * @param principal the principal
     * @return this
     */
    public LocalServer entraAdmin(LocalIdentity principal) {
        server.addAdministrator(
                principal.displayName(),
                principal.id(),
                principal.type().equals("ServicePrincipal")
                        ? "service"
                        : principal.type().toLowerCase(Locale.ROOT));
        return this;
    }

    /**
     * Puts callers of this process outside the server's network, at {@link LocalAzure#CALLERS_ADDRESS}: from now on its firewall
     * judges their logins, and without public access they find nobody. Unless called, they are inside and always get through.
     *
     * @return this
     */
    public LocalServer enforceFirewall() {
        server.enforceFirewall();
        return this;
    }

    /**
     * Sets or replaces a tag, as somebody else might.
     *
     * @param name the tag's name
     * @param value its value
     * @return this
     */
    public LocalServer tag(String name, String value) {
        server.properties().tag(name, value);
        return this;
    }

    /**
     * Returns the tags.
     *
     * @return values by name
     */
    public Map<String, String> tags() {
        return server.properties().tags();
    }

    /**
     * Sets a server parameter at once; one that needs a restart stays pending until {@link #restart()}.
     *
     * @param name the parameter
     * @param value its value
     * @return this
     */
    public LocalServer parameter(String name, String value) {
        server.parameter(name, value);
        return this;
    }

    /**
     * Restarts PostgreSQL; every session ends.
     *
     * @return this
     */
    public LocalServer restart() {
        server.restart();
        return this;
    }

    /**
     * Lets the server fail over: every session ends, and replication slots are lost unless the server keeps them, which
     * Azure does from PostgreSQL 17 on.
     *
     * @return this
     */
    public LocalServer failover() {
        server.restart();
        if (server.properties().version() < 17) {
            sql(
                    "postgres",
                    "reset role; select pg_terminate_backend(active_pid, 5000) from pg_replication_slots where active;"
                            + " select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active");
        }
        return this;
    }

    /**
     * Runs SQL as a superuser who has taken the administrator's role: what it makes belongs to {@code pgadmin}, as if the
     * administrator had made it. {@code reset role} in the script gives what only a superuser may do.
     *
     * @param database the database; made if absent, owned by {@code pgadmin}
     * @param script statements, separated by semicolons
     * @return this
     * @throws IllegalStateException if PostgreSQL refuses a statement
     */
    public LocalServer sql(String database, String script) {
        new Scripts(server.cluster()).run(database, FlexibleServer.ADMIN, script);
        return this;
    }

    /**
     * Returns the first column of the first row of a query, run as a superuser.
     *
     * @param database the database
     * @param query the query
     * @return the value as text
     * @throws IllegalStateException if PostgreSQL refuses the query, or it gives no row or null
     */
    public String query(String database, String query) {
        return new Scripts(server.cluster()).query(database, query);
    }

    /**
     * Returns a checksum of what a table holds now, to compare with {@link LocalMirror#checksum}.
     *
     * @param database the database
     * @param table {@code schema.table}, without quotes
     * @return the sum of the rows' hashes
     * @throws IllegalStateException if there is no such table
     */
    public long checksum(String database, String table) {
        int dot = table.indexOf('.');
        try (Connection connection = connect(database)) {
            return new TableReader(connection)
                    .checksum(new TableRef(table.substring(0, dot), table.substring(dot + 1)));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read " + table + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens a session of a superuser.
     *
     * @param database the database
     * @return the session; close it
     * @throws SQLException if the database does not exist
     */
    public Connection connect(String database) throws SQLException {
        return server.cluster().superuser(database);
    }

    /**
     * Opens a session as any client would: under the full name, over verified TLS, with a password that is checked.
     *
     * @param database the database
     * @param user the role
     * @param password its password
     * @return the session; close it
     * @throws SQLException if the server refuses
     */
    public Connection connect(String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        jdbcProperties.forEach(properties::setProperty);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return Sessions.open(fqdn(), 5432, database, properties);
    }
}
