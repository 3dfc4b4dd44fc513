package dev.drover.bench;

import java.util.Map;

/** Runs the program named by the first argument. */
public final class Bench {

    interface Program {
        void run() throws Exception;
    }

    private static final Map<String, Program> PROGRAMS = Map.ofEntries(
            Map.entry("latency", new LatencyBench()),
            Map.entry("import", new ImportBench()),
            Map.entry("crash", new CrashBench()),
            Map.entry("segments", new SegmentBench()),
            Map.entry("mail", new MailBench()),
            Map.entry("prompt", new PromptBench()),
            Map.entry("clicks", new ClickBench()),
            Map.entry("chaos", new ChaosBench()),
            Map.entry("live", new LiveBench()),
            Map.entry("journeys", new JourneyBench()),
            Map.entry("carts", new CartBench()),
            Map.entry("peeking", new PeekingBench()),
            Map.entry("storm", new StormBench()),
            Map.entry("campaigns", new CampaignBench()),
            Map.entry("punctual", new PunctualBench()));

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
