package io.fabricmirror.core.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.fabricmirror.SecretRef;
import io.fabricmirror.core.internal.azure.ArmVaultControl;
import io.fabricmirror.core.internal.azure.KeyVaultSecretStore;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.NetworkClosedException;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.VaultControl;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalVault;
import java.time.Duration;
import java.util.function.IntConsumer;
import reactor.core.publisher.Mono;

/** A run that opens a vault, reads a secret and closes the vault; something may happen before each of its calls. */
final class Runner {
    static final Duration LIMIT = Duration.ofHours(1);

    final VaultOpening opening;
    private final SecretStore secrets;
    private final SecretRef secret;
    private final IntConsumer beforeCall;
    private int calls;

    /** The process ends here: nothing of it runs any more, no finally block either. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    Runner(LocalAzure azure, LocalVault vault, String id, IntConsumer beforeCall) {
        this.beforeCall = beforeCall;
        HttpClient http = new Watched(azure.httpClient());
        VaultControl control = new ArmVaultControl(Cloud.PUBLIC, azure.credential(), http, azure.pacer());
        this.secrets = new KeyVaultSecretStore(Cloud.PUBLIC, azure.credential(), http, azure.pacer());
        this.secret = SecretRef.keyVault(vault.url(), "s");
        this.opening = new VaultOpening(
                control, vault.resourceId(), id, azure.pacer().now().plus(LIMIT), azure.pacer()::now);
    }

    static Runner of(LocalAzure azure, LocalVault vault, String id) {
        return new Runner(azure, vault, id, call -> {});
    }

    static IntConsumer before(int call, Runnable deed) {
        return happening -> {
            if (happening == call) {
                deed.run();
            }
        };
    }

    static IntConsumer killedBefore(int call) {
        return happening -> {
            if (happening >= call) {
                throw new Killed();
            }
        };
    }

    /** Reads the secret, and opens the vault for it as often as it is closed. */
    void work() {
        for (int i = 0; i < 20; i++) {
            try {
                assertThat(read()).isNotNull();
                return;
            } catch (NetworkClosedException e) {
                opening.admit(e.callersAddress());
            }
        }
        throw new AssertionError("the vault never opened");
    }

    Secret read() {
        return secrets.read(secret).orElseThrow().value();
    }

    void close() {
        opening.close();
    }

    int calls() {
        return calls;
    }

    private final class Watched implements HttpClient {
        private final HttpClient http;

        Watched(HttpClient http) {
            this.http = http;
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return Mono.fromCallable(() -> sendSync(request, Context.NONE));
        }

        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
            // Tokens are asked for once or twice, as it happens; what counts is what is done with them.
            if (!request.getUrl().getPath().contains("/oauth2/")) {
                beforeCall.accept(++calls);
            }
            return http.sendSync(request, context);
        }
    }
}
