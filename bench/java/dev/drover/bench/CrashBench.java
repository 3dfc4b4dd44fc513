package dev.drover.bench;

import dev.drover.testing.KillNine;

/** Ten times kill -9 in the middle of 500 running journeys. */
final class CrashBench implements Bench.Program {

    @Override
    public void run() throws Exception {
        int journeys = Integer.getInteger("journeys", 500);
        int kills = Integer.getInteger("kills", 10);
        var result = new KillNine(journeys, kills, Long.getLong("seed", 2026)).run();
        boolean good = result.equals(new KillNine.Result(2 * journeys, 0, 2 * journeys));
        System.out.printf("%d journeys, %d kills: %d messages wanted, %d in the ledger, %d twice, %d with the provider: %s%n",
                journeys, kills, 2 * journeys, result.different(), result.twice(), result.captured(), good ? "none lost, none twice" : "WRONG");
        if (!good) {
            System.exit(1);
        }
    }
}
