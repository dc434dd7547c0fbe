package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import io.fabricmirror.MirrorExecutor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class AzureMirrorTest {
    private static final TokenCredential CREDENTIAL =
            request -> Mono.error(new AssertionError("no token is needed to build an executor"));

    @Test
    void executor_credentialAlone_sendsNothing() {
        try (MirrorExecutor executor = AzureMirror.executor(CREDENTIAL)) {
            assertThat(executor).isNotNull();
        }
    }

    @Test
    void build_severalMistakes_namesThemAll() {
        AzureMirror.Builder builder = AzureMirror.builder(CREDENTIAL)
                .armApiVersion("latest&x=1")
                .jdbcProperties(Map.of("password", "hidden", "user", "x", "sslmode", "verify-full"));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Invalid AzureMirror: armApiVersion is \"latest&x=1\"; give a date such as 2025-08-01;"
                        + " jdbcProperties holds password; leave it out, the plan and its vault give it;"
                        + " jdbcProperties holds user; leave it out, the plan and its vault give it");
    }
}
