package io.fabricmirror.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Lets the PostgreSQL driver reach a local server under its production name. Named by {@link LocalAzure#jdbcProperties};
 * the driver makes one for each connection. Nothing is looked up in DNS and nothing leaves the machine. Thread-safe.
 */
public final class LoopbackSocketFactory extends SocketFactory {
    private static final Map<String, Way> AZURES = new ConcurrentHashMap<>();

    private final String host;
    private final String azure;

    /** The way into one local Azure. */
    interface Way {
        /** Returns the port on which a server answers; empty when there is no server of that name. */
        OptionalInt port(String host) throws IOException;
    }

    /**
     * Called by the driver.
     *
     * @param connection the connection's properties
     */
    public LoopbackSocketFactory(Properties connection) {
        super();
        host = connection.getProperty("PGHOST", "");
        azure = connection.getProperty("socketFactoryArg", "");
    }

    /** Makes a local Azure's servers reachable; returns the argument that names it. */
    static String register(Way way) {
        String name = UUID.randomUUID().toString();
        AZURES.put(name, way);
        return name;
    }

    static void unregister(String name) {
        AZURES.remove(name);
    }

    /**
     * Connects to the server whose full name was asked for.
     *
     * @return a connected socket, so that the driver does not look the name up
     * @throws IOException if no server of that name runs
     */
    @Override
    public Socket createSocket() throws IOException {
        Way way = AZURES.get(azure);
        if (way == null) {
            throw new SocketException("The local Azure of this connection is closed");
        }

        OptionalInt port = way.port(host);
        if (port.isEmpty()) {
            throw new UnknownHostException(host + " is no server of the local Azure");
        }
        return new Socket(InetAddress.getLoopbackAddress(), port.getAsInt());
    }

    @Override
    public Socket createSocket(String ignored, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String ignored, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress ignored, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress ignored, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket();
    }

    @Override
    public String toString() {
        return "loopback to " + Objects.requireNonNullElse(host, "");
    }
}
