package dev.drover.delivery.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An SMTP server that answers everything well but one step. */
final class MisbehavingServer implements AutoCloseable {

    static final String HANG_UP = "hang up";

    private final ServerSocket socket;
    private final String step;
    private final String answer;
    private final int from;
    private int asked;
    private volatile int connections;

    /** @param step a command such as {@code RCPT}, or {@code .} for the end of the mail */
    MisbehavingServer(String step, String answer) throws IOException {
        this(step, answer, 1);
    }

    /** @param from which time of a connection it begins to */
    MisbehavingServer(String step, String answer, int from) throws IOException {
        this.from = from;
        this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        this.step = step;
        this.answer = answer;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    int connections() {
        return connections;
    }

    private void serve() {
        try {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    connections++;
                    asked = 0;
                    talk(client);
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void talk(Socket client) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        say(client, "220 ready");
        boolean data = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (data && !line.equals(".")) {
                continue;
            }
            String command = line.equals(".") ? "." : line.substring(0, Math.min(4, line.length())).toUpperCase(java.util.Locale.ROOT);
            data = false;
            boolean now = command.equals(step) && ++asked >= from;
            if (now && answer.equals(HANG_UP)) {
                return;
            }
            if (now) {
                say(client, answer);
            } else {
                data = command.equals("DATA");
                say(client, data ? "354 go on" : "250 fine");
            }
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
