package io.fabricmirror.testkit.internal.postgres;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** The folder in which one user's local servers live: what was unpacked, and the data of what runs now. */
final class UserFolder {
    private static final Object IN_THIS_JVM = new Object();

    private final Path root;

    private UserFolder(Path root) {
        this.root = root;
    }

    /** Returns the folder of the user who runs this JVM, made if it is not there. */
    static UserFolder ofThisUser() {
        String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9._-]", "_");
        Path root = Path.of(System.getProperty("java.io.tmpdir"), "fabric-mirror-testkit-" + user);
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root.getParent());
                createPrivate(root);
            }
            requireOwn(root);
            return new UserFolder(root);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + root, e);
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (java.nio.file.FileAlreadyExistsException raced) {
            // Another process of the same user was faster; whose folder it is, is looked at next.
        }
    }

    // The temporary directory is shared: a folder that somebody else made under our name is not to be trusted.
    private static void requireOwn(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "owner", null);
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(folder))
                    || !PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))
                            .equals("rwx------")) {
                throw new IllegalStateException(folder + " belongs to somebody else or is open to others; remove it");
            }
        } finally {
            Files.delete(probe);
        }
    }

    Path root() {
        return root;
    }

    /** Returns the folder that holds the data of running servers. */
    Path running() {
        Path running = root.resolve("running");
        try {
            return Files.createDirectories(running);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + running, e);
        }
    }

    /** Runs an action while no other thread and no other process of this user runs one. */
    <T> T exclusively(Supplier<T> action) {
        synchronized (IN_THIS_JVM) {
            Path lock = root.resolve("lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (!held.isValid()) {
                    throw new IllegalStateException("Lost the lock " + lock);
                }
                return action.get();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot lock " + lock, e);
            }
        }
    }

    /** Deletes a folder with everything in it; what is gone already is fine. */
    static void deleteAll(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, java.io.IOException failed)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + folder, e);
        }
    }

    /** Copies a folder with everything in it; an interrupt ends it half-way with an exception. */
    static void copyAll(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("given up");
                }
                // Attributes too: PostgreSQL refuses a data directory that others may read.
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + from + " to " + to, e);
        }
    }
}
