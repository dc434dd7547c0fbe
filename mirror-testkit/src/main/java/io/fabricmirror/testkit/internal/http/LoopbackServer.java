package io.fabricmirror.testkit.internal.http;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The wire into the model: HTTP on the loopback interface. WireMock carries the bytes and holds no state. */
public final class LoopbackServer implements AutoCloseable {
    /** Names the host the caller believed it talked to. */
    static final String ORIGINAL_HOST = "X-Original-Host";

    private final WireMockServer server;

    /** Starts on a free port. */
    public LoopbackServer(Gate gate) {
        server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .disableRequestJournal()
                .gzipDisabled(true)
                .useChunkedTransferEncoding(ChunkedEncodingPolicy.NEVER)
                .stubRequestLoggingDisabled(true)
                .templatingEnabled(false)
                .extensions(new FromModel(gate)));
        server.start();
        server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse()));
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private record FromModel(Gate gate) implements ResponseDefinitionTransformerV2 {
        @Override
        public String getName() {
            return "from-model";
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            ResponseDefinitionBuilder response = WireMock.aResponse();
            try {
                Answer answer = gate.answer(request(event.getRequest()));
                answer.headers().forEach(response::withHeader);
                return response.withStatus(answer.status())
                        .withBody(answer.body())
                        .build();
            } catch (AnswerLost lost) {
                return response.withFault(Fault.RANDOM_DATA_THEN_CLOSE).build();
            }
        }

        private static Request request(com.github.tomakehurst.wiremock.http.Request asked) {
            Map<String, String> headers = new LinkedHashMap<>();
            asked.getAllHeaderKeys().forEach(name -> headers.put(name.toLowerCase(Locale.ROOT), asked.getHeader(name)));
            String original = headers.remove(ORIGINAL_HOST.toLowerCase(Locale.ROOT));
            String host = Objects.requireNonNullElse(original, asked.getHost());
            String body = Objects.requireNonNullElse(asked.getBodyAsString(), "");
            return Request.of(asked.getMethod().getName(), host, asked.getUrl(), headers, body);
        }
    }
}
