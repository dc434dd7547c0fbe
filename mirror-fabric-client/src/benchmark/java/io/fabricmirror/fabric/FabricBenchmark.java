package io.fabricmirror.fabric;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import reactor.core.publisher.Mono;

/** Calls a second and bytes a call of the client, beside java.net.http with the same parsing, in one run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FabricBenchmark {
    private static final double LEAST_RATIO = 0.5;
    private static final UUID ID = UUID.fromString(CannedServer.ID);

    private final JsonMapper json = new JsonMapper();
    private final java.net.http.HttpClient raw = java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .build();
    private Process server;
    private URI base;
    private FabricClient fabric;
    private FabricClient okhttp;
    private FabricClient thousand;
    private FabricClient tenThousand;

    /** Starts the server and one client of each kind. */
    @Setup
    public void start() throws IOException {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CannedServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        base = URI.create("http://127.0.0.1:" + port);
        fabric = client(FabricClient.defaultHttpClient(), "");
        okhttp = client(new OkHttpAsyncHttpClientBuilder().build(), "");
        thousand = client(FabricClient.defaultHttpClient(), "/tables/1000");
        tenThousand = client(FabricClient.defaultHttpClient(), "/tables/10000");
    }

    /** Ends the server. */
    @TearDown
    public void stop() {
        server.destroy();
    }

    @Benchmark
    public Connection oneConnection_client() {
        return fabric.connections().get(ID);
    }

    @Benchmark
    public Connection oneConnection_clientOnOkHttp() {
        return okhttp.connections().get(ID);
    }

    @Benchmark
    public Connection oneConnection_raw() throws IOException, InterruptedException {
        return connection(get("/v1/connections/" + ID));
    }

    @Benchmark
    public List<Connection> page250_client() {
        return fabric.connections().list();
    }

    @Benchmark
    public List<Connection> page250_clientOnOkHttp() {
        return okhttp.connections().list();
    }

    @Benchmark
    public List<Connection> page250_raw() throws IOException, InterruptedException {
        List<Connection> all = new ArrayList<>();
        get("/v1/connections").path("value").forEach(node -> all.add(connection(node)));
        return all;
    }

    @Benchmark
    public List<TableMirroringStatus> tables01000_client() {
        return thousand.mirroredDatabases().tablesStatus(ID, ID);
    }

    @Benchmark
    public List<TableMirroringStatus> tables10000_client() {
        return tenThousand.mirroredDatabases().tablesStatus(ID, ID);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer token")
                .header("Accept", "application/json")
                .build();
        return json.readTree(raw.send(request, BodyHandlers.ofByteArray()).body());
    }

    private static Connection connection(JsonNode node) {
        JsonNode details = node.path("connectionDetails");
        JsonNode credentials = node.path("credentialDetails");
        return new Connection(
                UUID.fromString(node.path("id").asText()),
                node.path("displayName").asText(),
                new Connectivity(node.path("connectivityType").asText()),
                null,
                details.path("type").asText(),
                details.path("path").asText(),
                new PrivacyLevel(node.path("privacyLevel").asText()),
                new CredentialType(credentials.path("credentialType").asText()),
                new ConnectionEncryption(credentials.path("connectionEncryption").asText()),
                null);
    }

    private FabricClient client(HttpClient carrier, String path) {
        return FabricClient.builder(request ->
                        Mono.just(new AccessToken("token", OffsetDateTime.now(ZoneOffset.UTC).plusHours(2))))
                .httpClient(new Loopback(carrier, base, path))
                .requestsPerMinute(Integer.MAX_VALUE)
                .build();
    }

    /** Runs everything, prints what came out and fails if the client is slower than half of raw. */
    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(FabricBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Map<String, Double> rates = new TreeMap<>();
        Map<String, Double> sizes = new TreeMap<>();
        for (RunResult result : results) {
            String name = result.getPrimaryResult().getLabel();
            double bytes = result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
            sizes.put(name, bytes);
            rates.put(name, result.getPrimaryResult().getScore());
            print("%-32s %,10.0f calls/s %,12.0f bytes/call", name, result.getPrimaryResult().getScore(), bytes);
        }

        double one = rates.get("oneConnection_client") / rates.get("oneConnection_raw");
        double page = rates.get("page250_client") / rates.get("page250_raw");
        double rows = sizes.get("tables10000_client") / 10 / sizes.get("tables01000_client");
        print("ratio to raw: one connection %.2f, page of 250 %.2f", one, page);
        print(
                "ratio to raw on OkHttp: one connection %.2f, page of 250 %.2f",
                rates.get("oneConnection_clientOnOkHttp") / rates.get("oneConnection_raw"),
                rates.get("page250_clientOnOkHttp") / rates.get("page250_raw"));
        print(
                "10,000 tables against 1,000, for each table: time %.2f, bytes %.2f (1 is linear)",
                rates.get("tables01000_client") / 10 / rates.get("tables10000_client"),
                rows);
        // Bytes decide about linearity: they are the same on a busy machine.
        if (one < LEAST_RATIO || page < LEAST_RATIO || rows > 1.2) {
            throw new IllegalStateException("The client is slower than half of raw, or not linear");
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
