package dev.drover.bench;

import java.util.Map;

/** Runs the program named by the first argument. */
public final class Bench {

    interface Program {
        void run() throws Exception;
    }

    private static final Map<String, Program> PROGRAMS = Map.of(
            "latency", new LatencyBench(),
            "import", new ImportBench(),
            "crash", new CrashBench(),
            "segments", new SegmentBench(),
            "mail", new MailBench(),
            "prompt", new PromptBench(),
            "clicks", new ClickBench(),
            "chaos", new ChaosBench(),
            "carts", new CartBench());

    private Bench() {}

    public static void main(String[] args) throws Exception {
        String name = args.length == 0 ? "" : args[0];
        Program program = PROGRAMS.get(name);
        if (program == null) {
            System.err.println("No bench '" + name + "'. There are: " + PROGRAMS.keySet().stream().sorted().toList());
            System.exit(2);
        }
        program.run();
        System.exit(0);
    }
}
