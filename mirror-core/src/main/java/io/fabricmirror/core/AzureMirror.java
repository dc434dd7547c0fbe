package io.fabricmirror.core;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorListener;
import io.fabricmirror.core.internal.azure.ArmServerControl;
import io.fabricmirror.core.internal.azure.ArmVaultControl;
import io.fabricmirror.core.internal.azure.DatabaseTokens;
import io.fabricmirror.core.internal.azure.FabricAdapter;
import io.fabricmirror.core.internal.azure.KeyVaultSecretStore;
import io.fabricmirror.core.internal.plan.Planners;
import io.fabricmirror.core.internal.rules.Rules;
import io.fabricmirror.core.internal.run.PlanExecutor;
import io.fabricmirror.core.internal.run.Ports;
import io.fabricmirror.core.internal.run.SystemPacer;
import io.fabricmirror.core.internal.sql.JdbcSourceDatabase;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.fabric.FabricClient;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.spi.SourceDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes executors that work on Azure and Fabric.
 *
 * <p>One executor is enough for an application. It has no threads of its own and reads no environment variables; what it talks to
 * is Azure Resource Manager, the vaults and servers that plans name, and the Fabric API.
 */
public final class AzureMirror {
    private AzureMirror() {}

    /**
     * Returns an executor with the defaults of {@link Builder}.
     *
     * @param credential who calls Azure, Key Vault and Fabric
     * @return the executor; close it last
     */
    public static MirrorExecutor executor(TokenCredential credential) {
        return builder(credential).build();
    }

    /**
     * Starts an executor.
     *
     * @param credential who calls Azure, and Key Vault and Fabric unless they get credentials of their own
     * @return a builder
     */
    public static Builder builder(TokenCredential credential) {
        return new Builder(credential);
    }

    /** Collects the settings of an executor. Not thread-safe. */
    public static final class Builder {
        private static final Pattern API_VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?");

        private final TokenCredential credential;
        private final List<MirrorListener> listeners = new ArrayList<>();
        private TokenCredential vaultCredential;
        private TokenCredential fabricCredential;
        private Cloud cloud = Cloud.PUBLIC;
        private HttpClient httpClient = FabricClient.defaultHttpClient();
        private Map<String, String> jdbcProperties = Map.of();
        private @Nullable SourceDatabase source;
        private Pacer pacer = SystemPacer.INSTANCE;
        private final Set<Consent> ceiling =
                EnumSet.complementOf(EnumSet.of(Consent.OPEN_FIREWALL, Consent.OPEN_VAULT));
        private @Nullable String armApiVersion;
        private @Nullable Path rules;

        private Builder(TokenCredential credential) {
            this.credential = Objects.requireNonNull(credential, "credential");
            this.vaultCredential = credential;
            this.fabricCredential = credential;
        }

        /**
         * Sets who calls Key Vault; the credential for Azure unless set. Change it if secrets belong to other people.
         *
         * @param credential who calls
         * @return this
         */
        public Builder vaultCredential(TokenCredential credential) {
            this.vaultCredential = Objects.requireNonNull(credential, "credential");
            return this;
        }

        /**
         * Sets who calls Fabric; the credential for Azure unless set. Change it if workspaces belong to other people.
         *
         * @param credential who calls
         * @return this
         */
        public Builder fabricCredential(TokenCredential credential) {
            this.fabricCredential = Objects.requireNonNull(credential, "credential");
            return this;
        }

        /**
         * Sets the cloud that everything is in; the public one unless set. The credentials must sign in to the same cloud: give their
         * builders {@link Cloud#authority()}.
         *
         * @param cloud hosts and scopes of Azure Resource Manager, Key Vault and Fabric
         * @return this
         */
        public Builder cloud(Cloud cloud) {
            this.cloud = Objects.requireNonNull(cloud, "cloud");
            return this;
        }

        /**
         * Sets what carries HTTP requests; the client of the JDK unless set, with the proxy that system properties name. Change it
         * for another proxy or own certificates.
         *
         * @param httpClient any client of azure-core; must be thread-safe, and is not closed
         * @return this
         */
        public Builder httpClient(HttpClient httpClient) {
            this.httpClient = Objects.requireNonNull(httpClient, "httpClient");
            return this;
        }

        /**
         * Sets properties of the PostgreSQL JDBC driver; none unless set. They win over the defaults: {@code sslmode=verify-full}
         * with the trust store of this Java, {@code connectTimeout=10}, {@code loginTimeout=30} and {@code socketTimeout=180}
         * seconds, {@code ApplicationName=fabric-mirror}. With {@code sslrootcert} that file is trusted instead of the store.
         *
         * @param properties by the driver's own names; without user and password, which plans and vaults give
         * @return this
         */
        public Builder jdbcProperties(Map<String, String> properties) {
            this.jdbcProperties = Map.copyOf(properties);
            return this;
        }

        /**
         * Sets what logs in to PostgreSQL; the PostgreSQL JDBC driver with {@link #jdbcProperties} unless set. Change it to log in
         * through a tunnel or a pool of your own. It must check the server's certificate itself.
         *
         * @param source logs in; must be thread-safe, and is not closed
         * @return this
         */
        public Builder source(SourceDatabase source) {
            this.source = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets what tells the time and waits; the system's clock unless set. Change it in tests.
         *
         * @param pacer tells the time and waits
         * @return this
         */
        public Builder pacer(Pacer pacer) {
            this.pacer = Objects.requireNonNull(pacer, "pacer");
            return this;
        }

        /**
         * Adds who hears what runs do; nobody unless added.
         *
         * @param listener hears events in order, after those added before it
         * @return this
         */
        public Builder listener(MirrorListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sets the version of the API for flexible servers; the one the Azure library was made for unless set. Change it only
         * when Azure retires that one.
         *
         * @param version a date, such as {@code 2025-08-01}, perhaps with {@code -preview}
         * @return this
         */
        public Builder armApiVersion(String version) {
            this.armApiVersion = Objects.requireNonNull(version, "version");
            return this;
        }

        /**
         * Sets a file of dated rules, of the form of the one that comes with this version; only what it names is replaced. Needed
         * when the service's limits have moved and this version has not.
         *
         * @param file a JSON file; read by {@link #build()}
         * @return this
         */
        public Builder rules(Path file) {
            this.rules = Objects.requireNonNull(file, "file");
            return this;
        }

        /**
         * Raises the ceiling: what runs of this executor may do if they agree to it. Everything unless set, apart from the
         * temporary openings {@link Consent#OPEN_FIREWALL} and {@link Consent#OPEN_VAULT}.
         *
         * @param consents what may be done
         * @return this
         */
        public Builder allow(Consent... consents) {
            ceiling.addAll(Arrays.asList(consents));
            return this;
        }

        /**
         * Lowers the ceiling: what runs of this executor never do, whatever they agree to.
         *
         * @param consents what is never done
         * @return this
         */
        public Builder forbid(Consent... consents) {
            Arrays.asList(consents).forEach(ceiling::remove);
            return this;
        }

        /**
         * Builds the executor. Nothing is sent.
         *
         * @return the executor; close it last
         * @throws IllegalStateException if a setting is wrong; the message names all that are
         */
        public MirrorExecutor build() {
            List<String> wrong = mistakes();
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("Invalid AzureMirror: " + String.join("; ", wrong));
            }

            Path file = rules;
            Ports ports = new Ports(
                    new ArmServerControl(cloud, credential, httpClient, armApiVersion, pacer),
                    new ArmVaultControl(cloud, credential, httpClient, pacer),
                    new KeyVaultSecretStore(cloud, vaultCredential, httpClient, pacer),
                    source == null ? new JdbcSourceDatabase(jdbcProperties) : source,
                    new FabricAdapter(cloud, fabricCredential, httpClient, pacer),
                    new DatabaseTokens(credential, cloud.databaseScope()),
                    pacer);
            return new PlanExecutor(
                    new Planners(file == null ? Rules.shipped() : Rules.of(file)), ports, listeners, ceiling);
        }

        private List<String> mistakes() {
            List<String> wrong = new ArrayList<>();
            if (armApiVersion != null && !API_VERSION.matcher(armApiVersion).matches()) {
                wrong.add("armApiVersion is \"" + armApiVersion + "\"; give a date such as 2025-08-01");
            }
            for (String property : new TreeSet<>(jdbcProperties.keySet())) {
                if (property.equals("user") || property.equals("password")) {
                    wrong.add("jdbcProperties holds " + property + "; leave it out, the plan and its vault give it");
                }
            }
            return wrong;
        }
    }
}
