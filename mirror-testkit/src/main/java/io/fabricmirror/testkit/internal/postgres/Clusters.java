package io.fabricmirror.testkit.internal.postgres;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Hands out started servers, and starts one ahead when it hears that it will be needed. */
public final class Clusters implements AutoCloseable {
    private final Executor worker;
    private final Map<Integer, CompletableFuture<Cluster>> ahead = new HashMap<>();

    /** Starts servers with the help of a worker. */
    public Clusters(Executor worker) {
        this.worker = worker;
    }

    /** Returns the certificate of the authority that signs every server's. */
    public Path authority() {
        return Certificates.ofThisUser().authority();
    }

    /** Begins to start a server of a major version, beside whatever else the caller does. */
    public synchronized void startAhead(int major) {
        ahead.computeIfAbsent(major, none -> CompletableFuture.supplyAsync(() -> Cluster.start(major), worker));
    }

    /** Returns a new, empty server of a major version; whoever takes it closes it. */
    public Cluster take(int major) {
        return takeAhead(major).map(CompletableFuture::join).orElseGet(() -> Cluster.start(major));
    }

    private synchronized Optional<CompletableFuture<Cluster>> takeAhead(int major) {
        return Optional.ofNullable(ahead.remove(major));
    }

    /** Ends the servers that nobody took. */
    @Override
    public synchronized void close() {
        for (CompletableFuture<Cluster> started : ahead.values()) {
            started.handle((cluster, failed) -> Optional.ofNullable(cluster))
                    .join()
                    .ifPresent(Cluster::close);
        }
        ahead.clear();
    }
}
