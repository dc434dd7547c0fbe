package io.fabricmirror.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every request as it stands in {@code requests.txt}; a change of the wire has to be seen there. */
class RequestsTest {
    @Test
    void requests_ofEveryCall_areAsWrittenDown() throws IOException {
        StringBuilder sent = new StringBuilder();
        for (Calls.Call call : Calls.all()) {
            Wire wire = new Wire();
            call.answers().forEach(answer -> wire.answer(200, answer));
            assertThat(call.run().apply(wire.client())).isNotNull();
            sent.append("# ").append(call.name()).append('\n');
            for (Wire.Sent request : wire.sent) {
                String body = request.body().replaceAll("(\"encryptedCredentials\":)\"[^\"]+\"", "$1\"...\"");
                sent.append(request.line()).append('\n');
                sent.append(body).append(body.isEmpty() ? "" : "\n");
            }
        }

        try (InputStream written = RequestsTest.class.getResourceAsStream("requests.txt")) {
            assertThat(sent.toString())
                    .isEqualTo(new String(Objects.requireNonNull(written).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
