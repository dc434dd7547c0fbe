package io.fabricmirror.testkit.internal.postgres;

import io.fabricmirror.testkit.internal.postgres.LoginWire.Startup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port before a server's own, on which logins are judged as Azure judges them. It bears the server's certificate and
 * passes on every byte after the login, so that PostgreSQL itself still judges passwords.
 */
public final class LoginGate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoginGate.class);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ServerSocket listener;
    private final int serverPort;
    private final SSLContext tls;
    private final Doorkeeper doorkeeper;
    private final Executor worker;

    /** Opens a free port before a server. */
    public LoginGate(Cluster cluster, Doorkeeper doorkeeper, Executor worker) {
        this.serverPort = cluster.port();
        this.tls = cluster.tls();
        this.doorkeeper = doorkeeper;
        this.worker = worker;
        try {
            listener = new ServerSocket(0, 100, LOOPBACK);
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback interface", e);
        }
        worker.execute(this::accept);
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                worker.execute(() -> serve(client));
            } catch (IOException closed) {
                LOG.debug("No more logins at {}", listener.getLocalPort());
            }
        }
    }

    private void serve(Socket plain) {
        try (Socket ending = plain) {
            Socket client = ending;
            Startup startup = LoginWire.readStartup(client);
            while (startup.asksForTls() || startup.asksForGss()) {
                client.getOutputStream().write(startup.asksForTls() ? 'S' : 'N');
                if (startup.asksForTls()) {
                    client = tls(client, false);
                }
                startup = LoginWire.readStartup(client);
            }
            admit(client, startup);
        } catch (IOException e) {
            LOG.debug("A session at {} ended: {}", listener.getLocalPort(), e.toString());
        }
    }

    private void admit(Socket client, Startup startup) throws IOException {
        Optional<String> barred = doorkeeper.barred();
        if (startup.cancels()) {
            try (Socket server = new Socket(LOOPBACK, serverPort)) {
                startup.writeTo(server);
            }
        } else if (barred.isPresent() || !(client instanceof SSLSocket)) {
            String encryption = client instanceof SSLSocket ? "SSL encryption" : "no encryption";
            LoginWire.refuse(
                    client,
                    "28000",
                    "no pg_hba.conf entry for host \"" + barred.orElse("127.0.0.1") + "\", user \"" + startup.user()
                            + "\", database \"" + startup.database() + "\", " + encryption);
        } else if (doorkeeper.wantsToken(startup.user())) {
            admitToken(client, startup);
        } else {
            try (Socket server = encrypted()) {
                startup.writeTo(server);
                join(client, server);
            }
        }
    }

    // The server lets such a role in by a password that only the local Azure knows; the caller has proved itself here.
    private void admitToken(Socket client, Startup startup) throws IOException {
        Optional<String> password = doorkeeper.passwordFor(startup.user(), LoginWire.askPassword(client));
        if (password.isEmpty()) {
            LoginWire.refuse(client, "28P01", "Azure AD access token not valid for role \"" + startup.user() + "\"");
            return;
        }

        try (Socket server = new Socket(LOOPBACK, serverPort)) {
            startup.writeTo(server);
            LoginWire.givePassword(server, password.get(), client);
            join(client, server);
        }
    }

    private Socket encrypted() throws IOException {
        Socket server = new Socket(LOOPBACK, serverPort);
        LoginWire.requestTls(server);
        return tls(server, true);
    }

    private Socket tls(Socket plain, boolean asClient) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        socket.setUseClientMode(asClient);
        socket.startHandshake();
        return socket;
    }

    private void join(Socket client, Socket server) {
        worker.execute(() -> copy(client, server));
        copy(server, client);
    }

    private static void copy(Socket from, Socket to) {
        try (Socket source = from;
                Socket target = to;
                InputStream in = source.getInputStream();
                OutputStream out = target.getOutputStream()) {
            byte[] buffer = new byte[16 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException ended) {
            LOG.debug("A session ended: {}", ended.toString());
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close port " + port(), e);
        }
    }
}
