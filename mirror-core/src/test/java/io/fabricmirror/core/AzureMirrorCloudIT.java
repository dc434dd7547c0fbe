package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.fabricmirror.AdminAccess;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Report;
import io.fabricmirror.SecretRef;
import io.fabricmirror.Verdict;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.fabric.FabricEndpoint;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The local Azure under the names of another cloud: what asks for a name of the public one gets no answer. */
@Tag("G50")
class AzureMirrorCloudIT {
    private static final Cloud CLOUD = Cloud.usGovernment(FabricEndpoint.of("https://api.fabric.example.us"));
    private static final Map<String, String> HOSTS = new LinkedHashMap<>();
    private static final Map<String, String> SCOPES = Map.of(
            "https://management.core.usgovcloudapi.net/.default", "https://management.core.windows.net/.default",
            "https://vault.usgovcloudapi.net/.default", "https://vault.azure.net/.default",
            "https://api.fabric.example.us/.default", "https://api.fabric.microsoft.com/.default");

    static {
        HOSTS.put("management.usgovcloudapi.net", "management.azure.com");
        HOSTS.put("vault.usgovcloudapi.net", "vault.azure.net");
        HOSTS.put("api.fabric.example.us", "api.fabric.microsoft.com");
    }

    private final Set<String> hosts = new ConcurrentSkipListSet<>();
    private final Set<String> scopes = new ConcurrentSkipListSet<>();

    @Test
    void apply_otherCloud_asksNobodyElse() {
        try (LocalAzure azure = LocalAzure.start();
                MirrorExecutor mirror = executor(azure)) {
            Report report = mirror.apply(
                    plan(azure, "https://kv-main.vault.usgovcloudapi.net"), RESTART_SERVER, CHANGE_TABLE_OWNERS);

            assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        }

        assertThat(hosts)
                .containsExactly(
                        "api.fabric.example.us", "kv-main.vault.usgovcloudapi.net", "management.usgovcloudapi.net");
        assertThat(scopes).containsExactlyInAnyOrderElementsOf(SCOPES.keySet());
    }

    @Test
    void preview_vaultOfThePublicCloud_isSentNothing() {
        try (LocalAzure azure = LocalAzure.start();
                MirrorExecutor mirror = executor(azure)) {
            assertThat(mirror.preview(plan(azure, "https://kv-main.vault.azure.net"))
                            .steps())
                    .extracting(PreviewStep::toString)
                    .anyMatch(step -> step.contains("kv-main.vault.azure.net is no vault of AzureUSGovernment"));
        }

        assertThat(hosts).doesNotContain("kv-main.vault.azure.net");
    }

    private MirrorExecutor executor(LocalAzure azure) {
        return AzureMirror.builder(abroad(azure.credential()))
                .cloud(CLOUD)
                .httpClient(new Abroad(azure.httpClient()))
                .jdbcProperties(azure.jdbcProperties())
                .pacer(azure.pacer())
                .build();
    }

    private static MirrorPlan plan(LocalAzure azure, String vault) {
        LocalServer server = azure.server("pg-orders").sql("orders", "create table t (id int primary key)");
        azure.vault("kv-main").put("admin", server.adminPassword());
        azure.workspace("Sales");
        return MirrorPlan.named("orders")
                .server(server.id())
                .database("orders")
                .admin(AdminAccess.password(SecretRef.keyVault(vault, "admin")))
                .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(vault, "orders-fabric-user")))
                .workspace(WorkspaceRef.named("Sales"))
                .gateway(GatewayMode.publicAccess().admitAzureServices())
                .build();
    }

    private TokenCredential abroad(TokenCredential local) {
        return request -> {
            TokenRequestContext translated = new TokenRequestContext();
            for (String scope : request.getScopes()) {
                scopes.add(scope);
                translated.addScopes(SCOPES.getOrDefault(scope, "https://nowhere.example/.default"));
            }
            return local.getToken(translated);
        };
    }

    /** Translates names, in requests to those of the local Azure, and back in the challenges of vaults. */
    private final class Abroad implements HttpClient {
        private final HttpClient local;

        Abroad(HttpClient local) {
            this.local = local;
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return local.send(translated(request)).map(Abroad::translated);
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request, Context context) {
            return local.send(translated(request), context).map(Abroad::translated);
        }

        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
            return translated(local.sendSync(translated(request), context));
        }

        private HttpRequest translated(HttpRequest request) {
            String host = request.getUrl().getHost();
            hosts.add(host);
            String there = "https://" + host;
            for (Map.Entry<String, String> name : HOSTS.entrySet()) {
                there = there.replace(name.getKey(), name.getValue());
            }
            if (there.equals("https://" + host)) {
                there = "https://nowhere.example";
            }
            return request.copy().setUrl(there + request.getUrl().getFile());
        }

        private static HttpResponse translated(HttpResponse response) {
            String challenge = response.getHeaders().getValue(HttpHeaderName.WWW_AUTHENTICATE);
            if (challenge != null) {
                response.getHeaders()
                        .set(
                                HttpHeaderName.WWW_AUTHENTICATE,
                                challenge.replace("vault.azure.net", "vault.usgovcloudapi.net"));
            }
            return response;
        }
    }
}
