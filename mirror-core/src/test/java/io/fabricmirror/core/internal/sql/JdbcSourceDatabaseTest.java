package io.fabricmirror.core.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SourceDatabase;
import io.fabricmirror.spi.SourceDatabase.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JdbcSourceDatabaseTest {
    private static final byte[] TLS_WANTED = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    private final SourceDatabase source = new JdbcSourceDatabase(Map.of());

    @Test
    @Tag("G26")
    void connect_serverWithoutTls_tellsItNothing() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> told = CompletableFuture.supplyAsync(() -> refuseTls(server));

            assertThatThrownBy(() -> source.connect(login("127.0.0.1:" + server.getLocalPort())))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("SSL")
                    .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("s3cret"));
            assertThat(told.get()).isZero();
        }
    }

    @Test
    @Tag("G26")
    void connect_nobodyListens_isRefusedWithoutThePassword() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }

        assertThatThrownBy(() -> source.connect(login("127.0.0.1:" + port)))
                .isInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).startsWith("08"))
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("s3cret"));
    }

    private static Login login(String host) {
        return new Login(host, "orders", "pgadmin", Secret.of("s3cret"));
    }

    /** Answers the request for TLS with no, and returns how many bytes come after that. */
    private static int refuseTls(ServerSocket server) {
        try (Socket socket = server.accept()) {
            assertThat(socket.getInputStream().readNBytes(TLS_WANTED.length)).isEqualTo(TLS_WANTED);
            socket.getOutputStream().write('N');
            return socket.getInputStream().readAllBytes().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
