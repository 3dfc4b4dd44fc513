package dev.drover.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A mail server that takes everything, and tells of each mail before it says so. Can be killed in the middle of whatever it does, and started again. */
final class SmtpSink implements AutoCloseable {

    private final Consumer<String> taken;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;
    private final int port;

    /** @param taken told each mail as it came */
    SmtpSink(Consumer<String> taken) throws IOException {
        this.taken = taken;
        this.server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        this.port = server.getLocalPort();
        listen(server);
    }

    int port() {
        return port;
    }

    void kill() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    void start() throws IOException {
        server = new ServerSocket(port, 256, InetAddress.getLoopbackAddress());
        listen(server);
    }

    private void listen(ServerSocket listening) {
        Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try {
                    var connection = listening.accept();
                    connection.setTcpNoDelay(true);
                    connections.add(connection);
                    Thread.ofVirtual().start(() -> serve(connection));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void serve(Socket connection) {
        try (connection; InputStream in = new BufferedInputStream(connection.getInputStream(), 65_536); OutputStream out = connection.getOutputStream()) {
            say(out, "220 sink");
            for (String line = line(in); line != null; line = line(in)) {
                switch (line.length() < 4 ? "" : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT)) {
                    case "DATA" -> {
                        say(out, "354 go on");
                        var mail = new StringBuilder();
                        for (String text = line(in); !".".equals(text); text = line(in)) {
                            if (text == null) {
                                return;
                            }
                            mail.append(text).append('\n');
                        }
                        taken.accept(mail.toString());
                        say(out, "250 taken");
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 yes");
                }
            }
        } catch (IOException gone) {
            // Whoever was at the other end, or somebody killed us.
        } finally {
            connections.remove(connection);
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream(128);
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return bytes.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            bytes.write(next);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        kill();
    }
}
