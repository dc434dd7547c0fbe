package io.fabricmirror.core.internal.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.postgresqlflexibleserver.PostgreSqlManager;
import com.azure.resourcemanager.postgresqlflexibleserver.fluent.PostgreSqlManagementClient;
import io.fabricmirror.fabric.Cloud;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ARM library on a pipeline of ours. That pipeline has no retry policy, because {@link ServiceCalls} retries, and no logging
 * policy, because an environment variable could make it log bodies. Thread-safe.
 */
final class ArmClient {
    private final AzureEnvironment environment;
    private final HttpPipeline pipeline;
    private final Map<String, PostgreSqlManagementClient> clients = new ConcurrentHashMap<>();

    ArmClient(Cloud cloud, TokenCredential credential, HttpClient httpClient, @Nullable String apiVersion) {
        this.environment = environment(cloud);
        List<HttpPipelinePolicy> policies = new ArrayList<>();
        policies.add(new UserAgentPolicy("fabric-mirror"));
        policies.add(new RequestIdPolicy());
        if (apiVersion != null) {
            policies.add(new ApiVersionPolicy(apiVersion));
        }
        policies.add(new OurHostPolicy(cloud.resourceManager().getAuthority()));
        policies.add(new BearerTokenAuthenticationPolicy(credential, cloud.resourceManagerScope()));
        this.pipeline = new HttpPipelineBuilder()
                .httpClient(httpClient)
                .policies(policies.toArray(HttpPipelinePolicy[]::new))
                .build();
    }

    /** Returns the library's client for a subscription. */
    PostgreSqlManagementClient of(String subscriptionId) {
        return clients.computeIfAbsent(
                subscriptionId,
                id -> PostgreSqlManager.authenticate(pipeline, new AzureProfile(null, id, environment))
                        .serviceClient());
    }

    HttpPipeline pipeline() {
        return pipeline;
    }

    URI endpoint() {
        return URI.create(environment.getResourceManagerEndpoint());
    }

    /** The parts of a cloud that the library asks for; it sends nothing else anywhere. */
    private static AzureEnvironment environment(Cloud cloud) {
        return new AzureEnvironment(Map.of(
                AzureEnvironment.Endpoint.ACTIVE_DIRECTORY.identifier(),
                cloud.authority() + "/",
                AzureEnvironment.Endpoint.RESOURCE_MANAGER.identifier(),
                cloud.resourceManager() + "/"));
    }

    /** A token never goes to a host that an answer names, as the links between the pages of a list do. */
    private static final class OurHostPolicy extends HttpPipelineSyncPolicy {
        private final String authority;

        OurHostPolicy(String authority) {
            this.authority = authority;
        }

        @Override
        protected void beforeSendingRequest(HttpPipelineCallContext context) {
            HttpRequest request = context.getHttpRequest();
            if (!authority.equalsIgnoreCase(request.getUrl().getAuthority())) {
                request.setUrl("https://" + authority + request.getUrl().getFile());
            }
        }
    }

    /** Asks for another version of the API than the library was made for. */
    private static final class ApiVersionPolicy extends HttpPipelineSyncPolicy {
        private final String wanted;

        ApiVersionPolicy(String version) {
            this.wanted = "$1api-version=" + version;
        }

        @Override
        protected void beforeSendingRequest(HttpPipelineCallContext context) {
            HttpRequest request = context.getHttpRequest();
            request.setUrl(request.getUrl().toString().replaceFirst("([?&])api-version=[^&]*", wanted));
        }

        @Override
        public HttpPipelinePosition getPipelinePosition() {
            return HttpPipelinePosition.PER_CALL;
        }
    }
}
