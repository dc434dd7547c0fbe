package io.fabricmirror.testkit.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class RunFolderTest {
    @Test
    void create_anotherInTheSameJvm_theFirstStaysOurs() throws Exception {
        UserFolder user = UserFolder.ofThisUser();
        try (RunFolder first = RunFolder.create(user);
                RunFolder second = RunFolder.create(user)) {
            assertThat(isFreeForAnotherJvm(first)).isFalse();
            assertThat(isFreeForAnotherJvm(second)).isFalse();
        }
    }

    private static boolean isFreeForAnotherJvm(RunFolder folder) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String owner = folder.folder().resolve("owner").toString();
        Process other = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), OtherJvm.class.getName(), owner)
                .inheritIO()
                .start();
        int free = other.waitFor();
        assertThat(free).isBetween(OtherJvm.TAKEN, OtherJvm.FREE);
        return free == OtherJvm.FREE;
    }

    /** What another run on the machine does with a folder it finds. */
    static final class OtherJvm {
        static final int TAKEN = 10;
        static final int FREE = 11;

        private OtherJvm() {}

        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                System.exit(lock == null ? TAKEN : FREE);
            }
        }
    }
}
