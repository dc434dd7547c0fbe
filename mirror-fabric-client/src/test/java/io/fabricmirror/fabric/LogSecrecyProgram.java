package io.fabricmirror.fabric;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.HttpLoggingPolicy;
import com.azure.core.util.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Run by {@link LogSecrecyTest} in a JVM of its own: sends secrets in every way and lets everything be logged. */
final class LogSecrecyProgram {
    static final String CONTROL = "control-secret-in-a-body";
    static final String TOKEN = "token-secret";

    private static final Logger LOG = LoggerFactory.getLogger(LogSecrecyProgram.class);

    private LogSecrecyProgram() {}

    public static void main(String[] arguments) throws IOException {
        String echo = "{\"errorCode\":\"IncorrectCredentials\",\"message\":\"" + Samples.PASSWORD.replace("\"", "\\\"")
                + "\"}";
        try (RawServer server = new RawServer((number, socket) -> switch (number) {
            case 1, 4 -> RawServer.ok(Samples.connectionAnswer());
            case 2 -> RawServer.ok(echo).replace("200 OK", "400 Bad Request");
            case 3 -> RawServer.ok(echo).replace("200 OK", "429 Slow");
            default -> "";
        })) {
            Redirect http = new Redirect(FabricClient.defaultHttpClient(), server.uri());
            control(http);
            FabricClient fabric = FabricClient.builder(request -> Mono.just(new AccessToken(
                            TOKEN, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))))
                    .httpClient(http)
                    .limits(FabricLimits.builder()
                            .attempts(2)
                            .firstDelay(Duration.ofMillis(1))
                            .build())
                    .build();
            create(fabric); // 2: refused, the password in the answer
            create(fabric); // 3 and 4: refused for now, then made
            create(fabric); // 5: no answer
        }
    }

    /** What azure-core logs of a pipeline with its usual options. */
    private static void control(Redirect http) {
        new HttpPipelineBuilder()
                .policies(new HttpLoggingPolicy(new HttpLogOptions()))
                .httpClient(http)
                .build()
                .sendSync(
                        new HttpRequest(HttpMethod.POST, "https://api.fabric.microsoft.com/v1/connections")
                                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
                                .setBody("{\"password\":\"" + CONTROL + "\"}"),
                        Context.NONE)
                .close();
    }

    private static void create(FabricClient fabric) {
        try {
            LOG.info("made {}", fabric.connections().create(Samples.connection().build()));
        } catch (FabricException e) {
            LOG.error("not made: {}", e.error(), e);
        }
    }
}
