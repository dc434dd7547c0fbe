package io.fabricmirror.testkit;

import com.azure.core.http.HttpClient;
import io.fabricmirror.ServerId;
import io.fabricmirror.testkit.internal.arm.ArmService;
import io.fabricmirror.testkit.internal.arm.FlexibleServer;
import io.fabricmirror.testkit.internal.arm.Servers;
import io.fabricmirror.testkit.internal.fabric.FabricService;
import io.fabricmirror.testkit.internal.fabric.MirroredDatabase;
import io.fabricmirror.testkit.internal.fabric.Tenant;
import io.fabricmirror.testkit.internal.http.Gate;
import io.fabricmirror.testkit.internal.http.LoopbackHttpClient;
import io.fabricmirror.testkit.internal.http.LoopbackServer;
import io.fabricmirror.testkit.internal.http.Meddler;
import io.fabricmirror.testkit.internal.http.ModelHttpClient;
import io.fabricmirror.testkit.internal.postgres.Certificates;
import io.fabricmirror.testkit.internal.postgres.Clusters;
import io.fabricmirror.testkit.internal.proxy.ProxyProcess;
import io.fabricmirror.testkit.internal.time.SkippedTime;
import io.fabricmirror.testkit.internal.token.Directory;
import io.fabricmirror.testkit.internal.token.TokenService;
import io.fabricmirror.testkit.internal.token.Tokens;
import io.fabricmirror.testkit.internal.vault.VaultService;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** The services of one local Azure, put together, with the ways into them. */
final class LocalServices implements AutoCloseable {
    final SkippedTime time = new SkippedTime();
    final Directory directory = new Directory(time);
    final Tokens tokens = new Tokens(directory.tenantId());
    final Servers servers = new Servers();
    final Tenant tenant = new Tenant();
    final VaultService vaults = new VaultService(time, directory.tenantId(), tokens);
    final Map<String, String> jdbcProperties;
    final FabricService fabric;
    final Gate gate;
    final Optional<LoopbackServer> wire;
    final HttpClient httpClient;
    private Optional<ProxyProcess> proxy = Optional.empty();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ExecutorService worker = Executors.newCachedThreadPool(LocalServices::daemon);
    private final Clusters clusters = new Clusters(worker);
    private final String callersWay = LoopbackSocketFactory.register(this::callersPort);
    // Whether Fabric gets through is judged where Fabric is simulated.
    private final String fabricsWay = LoopbackSocketFactory.register(this::port);

    LocalServices(boolean overHttp, Meddler meddler) {
        jdbcProperties = driver(callersWay);
        fabric = new FabricService(time, tokens, directory, tenant, servers, driver(fabricsWay));
        gate = new Gate(
                List.of(
                        new TokenService(directory, tokens),
                        new ArmService(time, tokens, servers, vaults, directory.tenantId()),
                        vaults,
                        fabric),
                meddler);
        wire = overHttp ? Optional.of(new LoopbackServer(gate)) : Optional.empty();
        httpClient = wire.<HttpClient>map(server -> new LoopbackHttpClient(gate, server.port()))
                .orElseGet(() -> new ModelHttpClient(gate));
        time.watch(this::busy);
    }

    synchronized LocalProxy proxy() {
        Certificates certificates = Certificates.ofThisUser();
        ProxyProcess running = proxy.orElseGet(() -> ProxyProcess.start(
                wire.orElseThrow(() -> new IllegalStateException("A proxy needs HTTP; build without withoutHttp()"))
                        .port(),
                certificates));
        proxy = Optional.of(running);
        return new LocalProxy(running, certificates);
    }

    private synchronized void endProxy() {
        proxy.ifPresent(ProxyProcess::close);
    }

    private Map<String, String> driver(String way) {
        return Map.of(
                "socketFactory",
                LoopbackSocketFactory.class.getName(),
                "socketFactoryArg",
                way,
                "sslmode",
                "verify-full",
                "sslrootcert",
                clusters.authority().toString());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "local-azure");
        thread.setDaemon(true);
        return thread;
    }

    private OptionalInt port(String fqdn) {
        return servers.find(fqdn)
                .map(server -> OptionalInt.of(server.cluster().port()))
                .orElse(OptionalInt.empty());
    }

    private OptionalInt callersPort(String fqdn) throws IOException {
        Optional<FlexibleServer> server = servers.find(fqdn);
        return server.isPresent() ? OptionalInt.of(server.get().callersPort()) : OptionalInt.empty();
    }

    private boolean busy() {
        return servers.all().stream().anyMatch(FlexibleServer::working)
                || tenant.mirrors().anyMatch(MirroredDatabase::busy);
    }

    /** Returns a server; when it is new, its PostgreSQL begins to start beside what the caller does next. */
    FlexibleServer server(ServerId id, int version) {
        return servers.get(id, none -> {
            FlexibleServer server = new FlexibleServer(id, time, directory, tokens, worker, clusters::take);
            server.version(version);
            clusters.startAhead(version);
            return server;
        });
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }

        endProxy();
        tenant.mirrors().forEach(MirroredDatabase::end);
        wire.ifPresent(LoopbackServer::close);
        LoopbackSocketFactory.unregister(callersWay);
        LoopbackSocketFactory.unregister(fabricsWay);
        servers.all().forEach(FlexibleServer::close);
        clusters.close();
        worker.shutdownNow();
    }
}
