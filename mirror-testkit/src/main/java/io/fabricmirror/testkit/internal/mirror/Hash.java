package io.fabricmirror.testkit.internal.mirror;

/** A 64-bit hash: FNV-1a, then mixed, so that sums of hashes do not cancel out. */
final class Hash {
    private Hash() {}

    static long of(byte[] bytes) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
