package io.fabricmirror.testkit.internal.postgres;

/** A program that starts a server, says where, and waits to be killed. */
final class StartsAndWaits {
    private StartsAndWaits() {}

    public static void main(String[] args) throws InterruptedException {
        Cluster cluster = Cluster.start(Cluster.defaultMajor());
        System.out.println(cluster.folder());
        System.out.flush();
        Thread.currentThread().join();
    }
}
