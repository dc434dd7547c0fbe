package io.fabricmirror.core.internal.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import io.fabricmirror.MirrorException;
import io.fabricmirror.SecretRef;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.NetworkClosedException;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SecretStore;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Keeps secrets in Azure Key Vault. Thread-safe. */
public final class KeyVaultSecretStore implements SecretStore {
    private final Cloud cloud;
    private final TokenCredential credential;
    private final HttpClient httpClient;
    private final Pacer pacer;
    private final Map<URI, SecretClient> clients = new ConcurrentHashMap<>();

    /**
     * Returns a store.
     *
     * @param cloud whose vaults may be asked
     * @param credential who calls
     * @param httpClient what carries requests
     * @param pacer what waits
     */
    public KeyVaultSecretStore(Cloud cloud, TokenCredential credential, HttpClient httpClient, Pacer pacer) {
        this.cloud = cloud;
        this.credential = credential;
        this.httpClient = httpClient;
        this.pacer = pacer;
    }

    @Override
    public Optional<StoredSecret> read(SecretRef secret) {
        return reaching(() -> readOrTell(secret));
    }

    private Optional<StoredSecret> readOrTell(SecretRef secret) {
        Optional<StoredSecret> found = find(secret);
        if (found.isEmpty() && isHeldDeleted(secret)) {
            // Otherwise the name would turn out to be taken only when a new secret is stored, in the middle of a run.
            throw new MirrorException(VaultProblems.deleted(secret));
        }
        return found;
    }

    private Optional<StoredSecret> find(SecretRef secret) {
        return calls(secret, "read").read("read " + named(secret), () -> {
            try {
                return Optional.of(stored(client(secret).getSecret(secret.name())));
            } catch (ResourceNotFoundException e) {
                // Only the vault's own word proves that the secret is absent; a proxy can answer 404 as well.
                if (ServiceError.of(e).code().equals("SecretNotFound")) {
                    return Optional.<StoredSecret>empty();
                }
                throw e;
            }
        });
    }

    private boolean isHeldDeleted(SecretRef secret) {
        return calls(secret, "read").read("look for a deleted " + named(secret), () -> {
            try {
                client(secret).getDeletedSecret(secret.name());
                return true;
            } catch (HttpResponseException e) {
                int status = e.getResponse().getStatusCode();
                // Who may not look at deleted secrets, or a vault without soft delete, cannot tell.
                if (status == 404 || status == 403) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public StoredSecret store(SecretRef secret, Secret value) {
        return reaching(() -> calls(secret, "store")
                .change(
                        "store " + named(secret),
                        () -> stored(client(secret).setSecret(secret.name(), value.reveal()))));
    }

    /** A vault whose network is closed is another matter than one that says no: it may be opened for a while. */
    private static <T> T reaching(Supplier<T> call) {
        try {
            return call.get();
        } catch (MirrorException e) {
            if (e.code().equals(VaultProblems.CLOSED) && e.getCause() instanceof RuntimeException refused) {
                throw new NetworkClosedException(
                        e.problem(), VaultProblems.callersAddress(ServiceError.of(refused)), refused);
            }
            throw e;
        }
    }

    /** Names a secret in words. */
    static String named(SecretRef secret) {
        return "secret \"" + secret.name() + "\" in " + secret.vaultName();
    }

    private static StoredSecret stored(KeyVaultSecret secret) {
        OffsetDateTime created = secret.getProperties().getCreatedOn();
        return new StoredSecret(
                Secret.of(secret.getValue()),
                secret.getProperties().getVersion(),
                created == null ? null : created.toInstant());
    }

    private ServiceCalls calls(SecretRef secret, String verb) {
        if (!cloud.ownsVault(secret.vault().getHost())) {
            throw new MirrorException(VaultProblems.otherCloud(secret, cloud));
        }
        return new ServiceCalls(pacer, (what, error) -> VaultProblems.explain(secret, verb, error));
    }

    private SecretClient client(SecretRef secret) {
        return clients.computeIfAbsent(
                secret.vault(),
                uri -> new SecretClientBuilder()
                        .vaultUrl(uri.toString())
                        .credential(credential)
                        .httpClient(httpClient)
                        .retryPolicy(new NoRetries())
                        .addPolicy(new WholeJsonPolicy())
                        // Said outright, because an environment variable could make the default log secrets.
                        .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
                        .buildClient());
    }

    /** ServiceCalls retries; the library's own policy would store a secret twice when an answer is lost. */
    private static final class NoRetries extends RetryPolicy {
        @Override
        public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
            return next.process();
        }

        @Override
        public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
            return next.processSync();
        }
    }
}
