package io.fabricmirror.fabric;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A server in a JVM of its own, so that what it costs is not counted: answers known paths with bytes made beforehand. */
final class CannedServer {
    static final String ID = "27dd58fd-a90d-4be6-976f-596e2729e887";

    private static final Map<String, byte[]> ANSWERS = Map.of(
            "/v1/connections/" + ID, answer(connection(0)),
            "/v1/connections", answer(page(250)),
            "/tables/1000", answer(tables(1_000)),
            "/tables/10000", answer(tables(10_000)));

    private CannedServer() {}

    public static void main(String[] arguments) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            while (true) {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> serve(socket));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            BufferedOutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            byte[] buffer = new byte[8_192];
            int length = 0;
            while (true) {
                int read = in.read(buffer, length, buffer.length - length);
                if (read < 0) {
                    return;
                }
                length += read;
                String head = new String(buffer, 0, length, StandardCharsets.US_ASCII);
                if (head.endsWith("\r\n\r\n")) {
                    out.write(ANSWERS.get(head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP"))));
                    out.flush();
                    length = 0;
                }
            }
        } catch (IOException end) {
            // The benchmark is over.
        }
    }

    private static byte[] answer(String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nRequestId: " + ID
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String page(int number) {
        return IntStream.range(0, number)
                .mapToObj(CannedServer::connection)
                .collect(Collectors.joining(",", "{\"value\":[", "],\"continuationToken\":null,\"continuationUri\":null}"));
    }

    private static String connection(int number) {
        return ("{'allowConnectionUsageInGateway':false,'id':'" + ID + "','displayName':'connection-" + number
                        + "','connectivityType':'ShareableCloud','connectionDetails':{'path':'server-" + number
                        + ".postgres.database.azure.com;orders','type':'AzurePostgreSQL'},'privacyLevel':'Organizational',"
                        + "'credentialDetails':{'credentialType':'Basic','singleSignOnType':'None','connectionEncryption':"
                        + "'Encrypted','skipTestConnection':false}}")
                .replace('\'', '"');
    }

    private static String tables(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> ("{'sourceObjectType':'Table','sourceSchemaName':'public','sourceTableName':'table-" + i
                                + "','status':'Replicating','metrics':{'processedBytes':1247,'processedRows':6,"
                                + "'lastSyncDateTime':'2024-10-08T05:07:11.0663362Z','lastSyncLatencyInSeconds':48}}")
                        .replace('\'', '"'))
                .collect(Collectors.joining(",", "{\"data\":[", "],\"continuationToken\":null}"));
    }
}
