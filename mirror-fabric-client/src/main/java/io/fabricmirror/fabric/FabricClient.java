package io.fabricmirror.fabric;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import io.fabricmirror.fabric.internal.JdkHttpClient;
import io.fabricmirror.fabric.internal.RequestBudget;
import io.fabricmirror.fabric.internal.Transport;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Calls the Microsoft Fabric REST API. Thread-safe; blocking; holds no thread of its own, so there is nothing to close.
 *
 * <p>Every method throws {@link FabricException} if Fabric refuses or cannot be reached within the limits,
 * {@link FabricOutcomeUnknownException} if a change was sent and its answer was lost, and
 * {@link FabricOperationPendingException} if a long-running operation outlives the limit. An interrupt ends a call at
 * once, as one of these, with the thread's flag set.
 */
public final class FabricClient {
    private final Transport transport;

    private FabricClient(Transport transport) {
        this.transport = transport;
    }

    /**
     * Starts a client that signs in with a credential. All clients of one credential object share one request budget.
     *
     * @param credential who calls; a person, a service principal or a managed identity
     * @return a builder
     */
    public static Builder builder(TokenCredential credential) {
        return new Builder(credential);
    }

    /**
     * Returns what carries requests unless something else is set, for callers who wrap it or need one elsewhere.
     *
     * @return a client of azure-core over the JDK's, the same at each call; it uses the proxy that system properties name
     */
    public static HttpClient defaultHttpClient() {
        return JdkHttpClient.SHARED;
    }

    /**
     * Returns the same client with another limit for one call.
     *
     * @param call how long one call may take, with all attempts and waits
     * @return a client that shares everything else with this one
     */
    public FabricClient within(Duration call) {
        return new FabricClient(
                transport.with(transport.limits().toBuilder().call(call).build()));
    }

    /**
     * Returns the calls about workspaces and who may use them.
     *
     * @return the calls
     */
    public Workspaces workspaces() {
        return new Workspaces(transport);
    }

    /**
     * Returns the calls about capacities.
     *
     * @return the calls
     */
    public Capacities capacities() {
        return new Capacities(transport);
    }

    /**
     * Returns the calls about connections to data sources.
     *
     * @return the calls
     */
    public Connections connections() {
        return new Connections(transport);
    }

    /**
     * Returns the calls about data gateways.
     *
     * @return the calls
     */
    public Gateways gateways() {
        return new Gateways(transport);
    }

    /**
     * Returns the calls about mirrored databases.
     *
     * @return the calls
     */
    public MirroredDatabases mirroredDatabases() {
        return new MirroredDatabases(transport);
    }

    /**
     * Returns the calls about items of any kind.
     *
     * @return the calls
     */
    public Items items() {
        return new Items(transport);
    }

    /**
     * Returns the calls about long-running operations.
     *
     * @return the calls
     */
    public Operations operations() {
        return new Operations(transport);
    }

    /**
     * Returns the calls about the connection of workspaces to Git.
     *
     * @return the calls
     */
    public Git git() {
        return new Git(transport);
    }

    /**
     * Returns the calls about deployment pipelines.
     *
     * @return the calls
     */
    public DeploymentPipelines deploymentPipelines() {
        return new DeploymentPipelines(transport);
    }

    /**
     * Finds out who calls, from the token and without a request to Fabric. A caller whose tenant is another one than expected, or
     * than that of another credential, is found so before anything is changed.
     *
     * @return the caller, or empty if the token is of a form that cannot be read
     * @throws FabricException with {@link FabricErrorCode#NO_TOKEN} if the credential gives no token
     */
    public Optional<Caller> caller() {
        return transport.caller();
    }

    /** Collects the settings of a client. Not thread-safe. */
    public static final class Builder {
        private final TokenCredential credential;
        private FabricEndpoint endpoint = FabricEndpoint.PUBLIC;
        private HttpClient httpClient = defaultHttpClient();
        private FabricClock clock = FabricClock.system();
        private FabricLimits limits = FabricLimits.defaults();
        private int requestsPerMinute = 200;
        private String applicationId = "";

        private Builder(TokenCredential credential) {
            this.credential = Objects.requireNonNull(credential, "credential");
        }

        /**
         * Sets the cloud; {@link Cloud#PUBLIC} unless set. The same as {@link #endpoint} with that cloud's; the last one set holds.
         *
         * @param cloud where the API is
         * @return this
         */
        public Builder cloud(Cloud cloud) {
            this.endpoint = cloud.fabric();
            return this;
        }

        /**
         * Sets where the API is; the public cloud unless set. Change it for private link, or for a host in front of the API.
         *
         * @param endpoint host and token scope
         * @return this
         */
        public Builder endpoint(FabricEndpoint endpoint) {
            this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
            return this;
        }

        /**
         * Sets what carries requests; {@link FabricClient#defaultHttpClient()} unless set. Change it for a proxy, own
         * certificates or speed.
         *
         * @param httpClient any client of azure-core
         * @return this
         */
        public Builder httpClient(HttpClient httpClient) {
            this.httpClient = Objects.requireNonNull(httpClient, "httpClient");
            return this;
        }

        /**
         * Sets the clock; the system's unless set. Change it to wait elsewhere, or in tests.
         *
         * @param clock tells the time and waits
         * @return this
         */
        public Builder clock(FabricClock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets how often and how long the client tries; {@link FabricLimits#defaults()} unless set.
         *
         * @param limits the limits
         * @return this
         */
        public Builder limits(FabricLimits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Sets how many requests a minute the credential may send; 200 unless set, as Fabric documents. The next request waits
         * rather than being refused. If clients of one credential differ, the lowest number holds for all.
         *
         * @param requestsPerMinute at least 1
         * @return this
         */
        public Builder requestsPerMinute(int requestsPerMinute) {
            this.requestsPerMinute = requestsPerMinute;
            return this;
        }

        /**
         * Sets the name of the calling application, shown to the service in the user agent; none unless set.
         *
         * @param applicationId at most 24 characters, letters, digits and any of {@code . _ - /}
         * @return this
         */
        public Builder applicationId(String applicationId) {
            this.applicationId = Objects.requireNonNull(applicationId, "applicationId");
            return this;
        }

        /**
         * Builds the client. Nothing is sent.
         *
         * @return the client
         * @throws IllegalStateException if a setting is out of range; the message names all that are
         */
        public FabricClient build() {
            StringBuilder wrong = new StringBuilder();
            if (requestsPerMinute < 1) {
                wrong.append("; requestsPerMinute is ")
                        .append(requestsPerMinute)
                        .append(", give at least 1");
            }
            if (!applicationId.matches("[A-Za-z0-9._/-]{0,24}")) {
                wrong.append("; applicationId does not fit a user agent, give at most 24 of A-Z a-z 0-9 . _ - /");
            }
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("Invalid FabricClient: " + wrong.substring(2));
            }

            RequestBudget budget = RequestBudget.of(credential, clock, requestsPerMinute);
            return new FabricClient(
                    new Transport(credential, endpoint, httpClient, clock, limits, budget, applicationId));
        }
    }
}
