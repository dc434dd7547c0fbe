package io.fabricmirror.testkit.internal.postgres;

import io.fabricmirror.testkit.LocalAzure;
import java.net.URI;

/** A program that starts a server, and a whole local Azure, says where, and waits to be killed. */
final class StartsAndWaits {
    private StartsAndWaits() {}

    public static void main(String[] args) throws InterruptedException {
        LocalAzure azure = LocalAzure.start();
        azure.server("pg-orders").passwordAndEntra();
        Cluster cluster = Cluster.start(Cluster.defaultMajor());
        System.out.println("port " + cluster.port());
        System.out.println("port " + azure.httpPort().orElseThrow());
        System.out.println("port " + URI.create(azure.proxy().url()).getPort());
        System.out.println(cluster.folder());
        System.out.flush();
        Thread.currentThread().join();
    }
}
