package io.fabricmirror.testkit.internal.postgres;

import io.fabricmirror.testkit.internal.time.RealTime;
import io.fabricmirror.testkit.internal.time.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The folder of one running server, locked by the JVM that owns it. A folder that nobody locks is left over. */
final class RunFolder implements AutoCloseable {
    private static final Duration STALE_PREPARATION = Duration.ofHours(1);

    // Closing any channel of a file gives up every lock this JVM holds on it, so our own are never looked into.
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private RunFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    Path folder() {
        return folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("log");
    }

    /** Ends what dead owners left behind, then makes a folder of our own. */
    static RunFolder create(UserFolder user) {
        return user.exclusively(() -> {
            sweep(user);
            try {
                Path folder = Files.createTempDirectory(user.running(), "pg");
                FileChannel channel =
                        FileChannel.open(folder.resolve("owner"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = Objects.requireNonNull(channel.tryLock());
                OURS.add(folder);
                return new RunFolder(folder, channel, lock);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot make a folder in " + user.running(), e);
            }
        });
    }

    private static void sweep(UserFolder user) {
        list(user.running()).forEach(folder -> {
            if (!OURS.contains(folder) && ownerIsGone(folder)) {
                postmaster(folder).ifPresent(RunFolder::end);
                UserFolder.deleteAll(folder);
            }
        });
        // A preparation that never ended; a living one takes seconds and holds the lock that we hold now.
        list(user.root()).stream()
                .filter(folder -> String.valueOf(folder.getFileName()).startsWith("making"))
                .filter(folder -> modified(folder).isBefore(RealTime.now().minus(STALE_PREPARATION)))
                .forEach(UserFolder::deleteAll);
    }

    private static boolean ownerIsGone(Path folder) {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("owner"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                @Nullable FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException ofAnotherClassLoader) {
            return false;
        } catch (IOException gone) {
            return false;
        }
    }

    private static Optional<ProcessHandle> postmaster(Path folder) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("data/postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(process -> runs(process, folder));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException noServer) {
            return Optional.empty();
        }
    }

    // The number may belong to another process by now: it is a server of ours only if it names the folder.
    private static boolean runs(ProcessHandle process, Path folder) {
        return process.info().arguments().stream()
                .flatMap(Arrays::stream)
                .anyMatch(argument -> argument.startsWith(folder.toString()));
    }

    private static void end(ProcessHandle postmaster) {
        Commands.run(List.of("sh", "-c", "kill -QUIT " + postmaster.pid() + " 2>/dev/null || :"), Map.of());
        try {
            if (!Waiting.until(() -> !postmaster.isAlive(), Duration.ofSeconds(10))) {
                postmaster.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Path> list(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    private static Instant modified(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toInstant();
        } catch (IOException gone) {
            return Instant.MAX;
        }
    }

    /** Deletes the folder and gives up the lock. */
    @Override
    public void close() {
        UserFolder.deleteAll(folder);
        try {
            lock.release();
            channel.close();
            OURS.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot give up " + folder, e);
        }
    }
}
