package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenCredential;
import io.fabricmirror.fabric.Cloud;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FabricBudgetTest {
    private final ScriptedHttp http = new ScriptedHttp();
    private final SkippedTime time = new SkippedTime();

    /** Executors are often made anew; that must not give a credential another 200 requests. */
    @Test
    @Tag("G47")
    void adapters_ofOneCredential_shareOneBudget() {
        TokenCredential credential = request -> ScriptedHttp.CREDENTIAL.getToken(request);
        List<FabricAdapter> adapters = List.of(
                new FabricAdapter(Cloud.PUBLIC, credential, http, time),
                new FabricAdapter(Cloud.PUBLIC, credential, http, time));

        for (int i = 0; i < 201; i++) {
            http.answer(200, "{\"value\":[]}");
            adapters.get(i % 2).connections();
        }

        assertThat(time.pauses).containsExactly(Duration.ofMinutes(1));
    }
}
