package io.fabricmirror.examples;

/** Mirrors a local PostgreSQL into a local Fabric and shows each step. */
public final class Quickstart {
    private Quickstart() {}

    /**
     * Runs the program; it exits with 0 only if everything was seen to work.
     *
     * @param args none
     */
    public static void main(String[] args) {
        System.out.println("quickstart: nothing to show yet");
    }
}
