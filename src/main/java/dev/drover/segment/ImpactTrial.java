package dev.drover.segment;

import dev.drover.facts.Whom;
import dev.drover.ruleset.Needs;
import dev.drover.ruleset.RuleTrial;
import dev.drover.ruleset.fact.Customer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tries a draft upon everybody, block by block, reading no more than its rules ask for. */
@Component
class ImpactTrial {

    /** Customers of one block. Small enough that first figures come at once. */
    private static final int BLOCK = 2_000;

    private final JdbcClient jdbc;
    private final CustomerFacts facts;

    ImpactTrial(JdbcClient jdbc, CustomerFacts facts) {
        this.jdbc = jdbc;
        this.facts = facts;
    }

    /** The numbers of all customers, cut into blocks. */
    record Blocks(long first, long width, long number, long stride) {

        /** The n-th to look at: each once, spread evenly, so that the first tell about all of them. */
        Whom block(long n) {
            long from = first + n * stride % number * width;
            return Whom.range(from, from + width);
        }

        static Blocks of(long least, long greatest, long customers) {
            // Numbers may have gaps of any width.
            long width = Math.max(BLOCK, (greatest - least + 1) / Math.max(1, customers / BLOCK));
            long number = (greatest - least) / width + 1;
            long stride = Math.max(1, Math.round(number * 0.618));
            while (gcd(stride, number) != 1) {
                stride++;
            }
            return new Blocks(least, width, number, stride);
        }

        private static long gcd(long a, long b) {
            return b == 0 ? a : gcd(b, a % b);
        }
    }

    /** What is there to look at, by the planner's knowledge: counting a million takes longer than the first figures. */
    long about() {
        return jdbc.sql("SELECT CASE WHEN reltuples < 50000 THEN (SELECT count(*) FROM customer) ELSE reltuples::bigint END FROM pg_class WHERE oid = 'customer'::regclass")
                .query(Long.class).single();
    }

    Blocks blocks(long customers) {
        return jdbc.sql("SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM customer").query((row, n) -> Blocks.of(row.getLong(1), row.getLong(2), customers)).single();
    }

    Impact.Block look(RuleTrial trial, Needs needs, Whom whom) {
        var block = new Impact.Block();
        for (Customer customer : facts.of(whom, needs)) {
            look(trial, customer, block);
        }
        return block;
    }

    private static void look(RuleTrial trial, Customer customer, Impact.Block block) {
        var now = trial.now(customer);
        var then = trial.then(customer);
        block.tried();
        for (String segment : trial.segments()) {
            boolean in = now.contains(segment);
            boolean stays = then.contains(segment);
            if (in || stays) {
                block.count(segment, in, stays);
            }
            if (in != stays && block.wantsSample(stays)) {
                block.sample(stays, new Impact.Touched(customer.getId(), segment, Reasons.shortly(segment, trial.whyThen(customer), stays)));
            }
        }
    }
}
