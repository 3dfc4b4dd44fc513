package dev.drover.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/**
 * A mailing of personalised mails by SMTP to Postfix's {@code smtp-sink}, from its start to the last mail taken, the ledger written; beside it what
 * {@code smtp-source} does on the same machine in the same run. Both come with Postfix; looked for in the path, or {@code -Dpostfix=DIRECTORY}.
 * {@code -Dcustomers=100000,500000} for several sizes, {@code -Ddkim=false,true}, {@code -Dheap=512m}.
 */
final class MailBench implements Bench.Program {

    private static final int MAIL_BYTES = 14_000;
    private static final int CONNECTIONS = 16;

    @Override
    public void run() throws Exception {
        int port = freePort();
        // It wants no rights to run with.
        var user = System.getProperty("user.name").equals("root") ? List.of("-u", "nobody") : List.<String>of();
        var command = new ArrayList<>(List.of(tool("smtp-sink")));
        command.addAll(user);
        command.addAll(List.of("127.0.0.1:" + port, "1024"));
        var sink = new ProcessBuilder(command).inheritIO().start();
        try {
            awaitPort(port);
            source(port);
            for (String signed : System.getProperty("dkim", "false,true").split(",")) {
                for (String customers : System.getProperty("customers", "100000").split(",")) {
                    send(Integer.parseInt(customers.strip()), Boolean.parseBoolean(signed.strip()), port);
                }
            }
            source(port);
        } finally {
            sink.destroy();
        }
    }

    /** The raw limit: the same number of connections, kept open. */
    private static void source(int port) throws Exception {
        int messages = Integer.getInteger("raw", 50_000);
        long begun = System.nanoTime();
        var source = new ProcessBuilder(tool("smtp-source"), "-d", "-s", Integer.toString(CONNECTIONS), "-l", Integer.toString(MAIL_BYTES), "-m", Integer.toString(messages),
                "127.0.0.1:" + port).inheritIO().start();
        if (source.waitFor() != 0) {
            throw new IllegalStateException("smtp-source ended with " + source.exitValue());
        }
        System.out.printf("raw: smtp-source to smtp-sink, %d connections, %,d bytes: %,.0f messages a second%n", CONNECTIONS, MAIL_BYTES, messages / ((System.nanoTime() - begun) / 1e9));
    }

    private static void send(int customers, boolean signed, int smtp) throws Exception {
        var home = Files.createTempDirectory(Path.of("target"), "process-home").toAbsolutePath();
        var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx" + System.getProperty("heap", "512m"),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dcustomers=" + customers, "-Dhome=" + home));
        command.addAll(Arrays.stream(System.getProperty("jvm", "").split(" ")).filter(option -> !option.isBlank()).toList());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.drover.delivery.MailingRun"));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("SERVER_PORT", Integer.toString(freePort()), "DROVER_HOME", home.toString(), "DROVER_ADMIN_PASSWORD", "bench-password",
                "DROVER_DEMO", "false", "DROVER_CLOCK", "system", "DROVER_SMTP_HOST", "127.0.0.1", "DROVER_SMTP_PORT", Integer.toString(smtp)));
        if (signed) {
            builder.environment().putAll(Map.of("DROVER_DKIM_DOMAIN", "shop.example", "DROVER_DKIM_SELECTOR", "bench", "DROVER_DKIM_KEY", key(home).toString()));
        }
        System.out.printf("%,d customers, %s%n", customers, signed ? "signed (DKIM, RSA 2048)" : "unsigned");
        var log = home.resolve("run.log").toFile();
        var process = builder.redirectError(log).start();
        try (var output = process.inputReader()) {
            output.lines().filter(line -> line.startsWith("  ")).forEach(System.out::println);
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The run ended with %d; see %s".formatted(process.exitValue(), log));
        }
    }

    private static Path key(Path home) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var file = home.resolve("dkim.pem");
        try (var writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
            writer.writeObject(generator.generateKeyPair());
        }
        return file;
    }

    private static String tool(String name) {
        String places = System.getProperty("postfix", System.getenv("PATH") + File.pathSeparator + "/usr/sbin");
        return Arrays.stream(places.split(File.pathSeparator)).map(place -> Path.of(place, name)).filter(Files::isExecutable).findFirst().map(Path::toString)
                .orElseThrow(() -> new IllegalStateException(name + " isn't here: install Postfix, or say where it is with -Dbench.options=-Dpostfix=DIRECTORY"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            try (var socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                if (tries > 100) {
                    throw new IllegalStateException("smtp-sink doesn't listen", e);
                }
                Thread.sleep(50);
            }
        }
    }
}
