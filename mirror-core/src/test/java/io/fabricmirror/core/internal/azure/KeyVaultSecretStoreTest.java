package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.SecretRef;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.SecretStore.StoredSecret;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class KeyVaultSecretStoreTest {
    private static final SecretRef REF = SecretRef.keyVault("https://kv-main.vault.azure.net", "orders-fabric-user");
    private static final String BUNDLE =
            "{\"value\":\"s3cret\",\"id\":\"https://kv-main.vault.azure.net/secrets/orders-fabric-user/3f2a\",\"attributes\":{\"enabled\":true,\"created\":1493938410,\"updated\":1493938410}}";
    private static final String ABSENT = "{\"error\":{\"code\":\"SecretNotFound\",\"message\":\"not found\"}}";

    private final ScriptedHttp http = new ScriptedHttp();
    private final SkippedTime time = new SkippedTime();
    private final SecretStore store = new KeyVaultSecretStore(Cloud.PUBLIC, ScriptedHttp.CREDENTIAL, http, time);

    @Test
    void read_secretThere_isTheNewestVersion() {
        challenged().answer(200, BUNDLE);

        assertThat(store.read(REF))
                .contains(new StoredSecret(Secret.of("s3cret"), "3f2a", Instant.ofEpochSecond(1493938410)));
    }

    @Test
    @Tag("G25")
    void read_vaultSaysAbsent_isEmpty() {
        challenged().answer(404, ABSENT).answer(404, ABSENT);

        assertThat(store.read(REF)).isEmpty();
        // The challenge, the secret, and whether it is deleted but held.
        assertThat(http.requests).hasSize(3);
    }

    @Test
    @Tag("G25")
    void read_somebodyElseSays404_isNotTakenForAbsent() {
        challenged().answer(404, "<html>no such page</html>");

        assertThatThrownBy(() -> store.read(REF))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith("HTTP_404: ");
    }

    @ParameterizedTest
    @CsvSource({
        "ForbiddenByFirewall, VAULT_CLOSED, a host that the vault admits",
        "ForbiddenByConnection, VAULT_CLOSED, private endpoint",
        "ForbiddenByRbac, SECRET_FORBIDDEN, Key Vault Secrets User",
        "ForbiddenByPolicy, SECRET_FORBIDDEN, permission Get",
        "SomethingNew, SECRET_FORBIDDEN, let this identity read",
    })
    @Tag("G25")
    @Tag("G51")
    void read_forbidden_isNotTakenForAbsent(String inner, String code, String remedy) {
        challenged()
                .answer(
                        403,
                        "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Client address is not authorized.\\r\\n"
                                + "Client address: 20.61.4.9\\r\\nCaller: appid=1\",\"innererror\":{\"code\":\"" + inner
                                + "\"}}}",
                        "x-ms-request-id",
                        "02be");

        assertThatThrownBy(() -> store.read(REF))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith(code + ": secret \"orders-fabric-user\" in kv-main may not be read;"
                        + " it was not taken for absent")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.problem().seen()).contains("403 " + inner + ", caller address 20.61.4.9"))
                .satisfies(e -> assertThat(e.problem().requestId()).contains("02be"))
                .satisfies(e -> assertThat(e.problem().remedy())
                        .hasValueSatisfying(r -> assertThat(r).contains(remedy)));
    }

    @Test
    @Tag("G25")
    void read_newestVersionDisabled_isNotTakenForAbsent() {
        challenged()
                .answer(
                        403,
                        "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Operation get is not allowed on a disabled secret.\","
                                + "\"innererror\":{\"code\":\"SecretDisabled\"}}}");

        assertThatThrownBy(() -> store.read(REF)).hasMessageStartingWith("SECRET_DISABLED: ");
    }

    @Test
    @Tag("G25")
    void read_noRoute_isNotTakenForAbsent() {
        for (int i = 0; i < ServiceCalls.ATTEMPTS; i++) {
            http.fail((IOException) new ConnectException().initCause(new UnresolvedAddressException()));
        }

        assertThatThrownBy(() -> store.read(REF))
                .hasMessageStartingWith(
                        "VAULT_NOT_REACHABLE: cannot read secret \"orders-fabric-user\": this host does not reach"
                                + " kv-main.vault.azure.net; it was not taken for absent")
                .asInstanceOf(type(MirrorException.class))
                .satisfies(e -> assertThat(e.problem().seen()).contains("its name cannot be resolved (DNS)"));
    }

    @Test
    void read_vaultThrottles_waitsAsLongAsAsked() {
        challenged().answer(429, "", "Retry-After", "9").answer(200, BUNDLE);

        assertThat(store.read(REF)).isPresent();
        assertThat(time.passed()).hasSeconds(9);
    }

    @Test
    void store_accepted_returnsTheVersion() {
        challenged().answer(200, BUNDLE);

        assertThat(store.store(REF, Secret.of("s3cret")).version()).isEqualTo("3f2a");
        assertThat(http.requests.get(1)).startsWith("PUT https://kv-main.vault.azure.net/secrets/orders-fabric-user?");
    }

    @Test
    void store_nameHeldByADeletedSecret_saysHowToGetItBack() {
        challenged()
                .answer(
                        409,
                        "{\"error\":{\"code\":\"Conflict\",\"message\":\"deleted but recoverable\","
                                + "\"innererror\":{\"code\":\"ObjectIsDeletedButRecoverable\"}}}");

        assertThatThrownBy(() -> store.store(REF, Secret.of("s3cret")))
                .hasMessageStartingWith("SECRET_DELETED: ")
                .hasMessageContaining("recover it");
    }

    @Test
    @Tag("G26")
    void store_answerLost_isUnknownNotRepeatedAndHoldsNoSecret() {
        challenged().fail(new IOException("reset"));

        assertThatThrownBy(() -> store.store(REF, Secret.of("s3cret")))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("store secret \"orders-fabric-user\" in kv-main")
                .hasStackTraceContaining("reset")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("s3cret"));
        assertThat(http.requests).hasSize(2);
    }

    @Test
    @Tag("G26")
    void read_answerCutOff_holdsNoSecret() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
        challenged();
        for (int i = 0; i < ServiceCalls.ATTEMPTS; i++) {
            http.answer(200, BUNDLE.substring(0, 40));
        }

        assertThatThrownBy(() -> store.read(REF))
                .isInstanceOf(MirrorException.class)
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("s3cret"));
        assertThat(log.list).noneMatch(event -> event.getFormattedMessage().contains("s3cret"));
    }

    /** Key Vault's first answer to a client without a token. */
    private ScriptedHttp challenged() {
        return http.answer(
                401,
                "",
                "WWW-Authenticate",
                "Bearer authorization=\"https://login.microsoftonline.com/t\", resource=\"https://vault.azure.net\"");
    }
}
