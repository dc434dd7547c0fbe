package io.fabricmirror.testkit.internal.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The few messages of PostgreSQL's protocol, version 3, that a login is made of. */
final class LoginWire {
    private static final int TLS_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL_REQUEST = 80877102;
    private static final int LONGEST = 64 * 1024;
    private static final int CLEAR_TEXT_PASSWORD = 3;

    private LoginWire() {}

    /** The first message of a client: what it wants, and for a session who and where. */
    static final class Startup {
        private final int code;
        private final byte[] rest;

        private Startup(int code, byte[] rest) {
            this.code = code;
            this.rest = rest;
        }

        boolean asksForTls() {
            return code == TLS_REQUEST;
        }

        boolean asksForGss() {
            return code == GSS_REQUEST;
        }

        boolean cancels() {
            return code == CANCEL_REQUEST;
        }

        String user() {
            return members().getOrDefault("user", "");
        }

        String database() {
            return members().getOrDefault("database", user());
        }

        private Map<String, String> members() {
            String[] words = new String(rest, StandardCharsets.UTF_8).split("\0", -1);
            Map<String, String> members = new LinkedHashMap<>();
            for (int i = 0; i + 1 < words.length; i += 2) {
                members.put(words[i], words[i + 1]);
            }
            return members;
        }

        void writeTo(Socket server) throws IOException {
            DataOutputStream out = new DataOutputStream(server.getOutputStream());
            out.write(message(code, rest));
            out.flush();
        }
    }

    static Startup readStartup(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        int length = in.readInt();
        if (length < 8 || length > LONGEST) {
            throw new IOException("no PostgreSQL client: a first message of " + length + " bytes");
        }

        int code = in.readInt();
        return new Startup(code, exactly(in, length - 8));
    }

    static void requestTls(Socket server) throws IOException {
        server.getOutputStream().write(message(TLS_REQUEST, new byte[0]));
        if (server.getInputStream().read() != 'S') {
            throw new IOException("PostgreSQL offers no TLS");
        }
    }

    /** Asks a client for a password in clear text, inside TLS, as Azure asks for a token. */
    static String askPassword(Socket client) throws IOException {
        client.getOutputStream().write(typed('R', message(CLEAR_TEXT_PASSWORD, new byte[0])));
        DataInputStream in = new DataInputStream(client.getInputStream());
        if (in.read() != 'p') {
            throw new IOException("the client gave no password");
        }
        int length = in.readInt();
        if (length < 5 || length > LONGEST) {
            throw new IOException("a password of " + length + " bytes");
        }
        return new String(exactly(in, length - 4), StandardCharsets.UTF_8).replace("\0", "");
    }

    /** Gives a server the password it asks for; when it asks for none, the client gets to read what it says. */
    static void givePassword(Socket server, String password, Socket client) throws IOException {
        DataInputStream in = new DataInputStream(server.getInputStream());
        char type = (char) in.readByte();
        int length = in.readInt();
        byte[] body = exactly(in, length - 4);
        if (type == 'R' && body.length == 4 && body[3] == CLEAR_TEXT_PASSWORD) {
            byte[] text = (password + "\0").getBytes(StandardCharsets.UTF_8);
            server.getOutputStream().write(typed('p', lengthAnd(text)));
        } else {
            client.getOutputStream().write(typed(type, lengthAnd(body)));
        }
    }

    /** Ends a login as the server does. */
    static void refuse(Socket client, String state, String message) throws IOException {
        String fields = "SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0\0";
        client.getOutputStream().write(typed('E', lengthAnd(fields.getBytes(StandardCharsets.UTF_8))));
    }

    private static byte[] exactly(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static byte[] message(int code, byte[] rest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(8 + rest.length);
        out.writeInt(code);
        out.write(rest);
        return bytes.toByteArray();
    }

    private static byte[] lengthAnd(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(4 + body.length);
        out.write(Objects.requireNonNull(body));
        return bytes.toByteArray();
    }

    private static byte[] typed(char type, byte[] message) {
        byte[] bytes = new byte[message.length + 1];
        bytes[0] = (byte) type;
        System.arraycopy(message, 0, bytes, 1, message.length);
        return bytes;
    }
}
