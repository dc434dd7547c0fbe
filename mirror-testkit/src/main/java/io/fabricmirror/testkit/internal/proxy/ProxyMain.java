package io.fabricmirror.testkit.internal.proxy;

import io.fabricmirror.testkit.internal.tls.Tls;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A process of its own: the proxy that foreign tools are pointed at. It takes what is meant for a host of Azure, ends TLS
 * with a certificate of the local authority, and hands the bytes to the local Azure; every other host it refuses. It needs
 * nothing but the JDK and ends when its standard input does, which is when the process that started it is gone.
 *
 * <p>Arguments: the port of the local Azure, certificate, key and authority, and the hosts.
 */
public final class ProxyMain {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int LONGEST_HEAD = 16 * 1024;

    private final int azurePort;
    private final SSLContext tls;
    private final List<String> hosts;
    private final ExecutorService worker = Executors.newCachedThreadPool(ProxyMain::daemon);

    private ProxyMain(int azurePort, SSLContext tls, List<String> hosts) {
        this.azurePort = azurePort;
        this.tls = tls;
        this.hosts = hosts;
    }

    /** Serves until standard input ends. */
    public static void main(String... args) throws IOException {
        SSLContext tls = Tls.context(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
        try (ServerSocket listener = new ServerSocket(0, 100, LOOPBACK)) {
            ProxyMain proxy =
                    new ProxyMain(Integer.parseInt(args[0]), tls, List.of(args).subList(4, args.length));
            proxy.worker.execute(() -> proxy.accept(listener));
            // Not a console: the process that started this one reads the port from here.
            try (OutputStream parent = new FileOutputStream(FileDescriptor.out)) {
                parent.write(ascii(listener.getLocalPort() + "\n"));
            }
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "local-azure-proxy");
        thread.setDaemon(true);
        return thread;
    }

    private void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                worker.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (Socket ending = client) {
            String asked = head(ending.getInputStream());
            String[] words = asked.split(" ", 3);
            String host = words.length == 3 && words[0].equals("CONNECT")
                    ? words[1].replaceAll(":443$", "").toLowerCase(Locale.ROOT)
                    : "";
            OutputStream out = ending.getOutputStream();
            if (hosts.stream().noneMatch(pattern -> fits(pattern, host))) {
                out.write(ascii("HTTP/1.1 403 Not a host of the local Azure\r\nContent-Length: 0\r\n\r\n"));
                return;
            }

            out.write(ascii("HTTP/1.1 200 Connection established\r\n\r\n"));
            try (SSLSocket encrypted =
                            (SSLSocket) tls.getSocketFactory().createSocket(ending, host, ending.getPort(), true);
                    Socket azure = new Socket(LOOPBACK, azurePort)) {
                encrypted.setUseClientMode(false);
                encrypted.startHandshake();
                worker.execute(() -> copy(encrypted, azure));
                copy(azure, encrypted);
            }
        } catch (IOException ended) {
            // The client went away, or does not trust the certificate: both are its own business.
        }
    }

    private static boolean fits(String pattern, String host) {
        return pattern.startsWith("*.")
                ? host.endsWith(pattern.substring(1)) && host.indexOf('.') == host.length() - pattern.length() + 1
                : host.equals(pattern);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0 || head.length() > LONGEST_HEAD) {
                throw new IOException("no request");
            }
            head.append((char) read);
        }
        return head.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void copy(Socket from, Socket to) {
        try (Socket source = from;
                Socket target = to;
                InputStream in = source.getInputStream();
                OutputStream out = target.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException ended) {
            // Either side may end at any time.
        }
    }
}
