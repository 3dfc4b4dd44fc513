package dev.drover.ruleset;

/** What a new file begins with: a rule that works, to be made one's own. */
final class RuleStarts {

    private static final String SEGMENT = """
            // Cheese lovers: bought cheese twice or more, the last time within two months.

            rule "cheese lovers"
            when
                $c : Customer( orders.countOf("cheese") >= 2, orders.daysSinceLastOf("cheese") <= 60, $times : orders.countOf("cheese") )
            then
                segments.enter($c, "cheese-lovers", "Bought cheese " + $times + " times");
            end
            """;

    private static final String ELIGIBILITY = """
            // Few text messages: nobody gets a third marketing message within a week by text.

            rule "few text messages"
            when
                $message : Message( marketing, channel == "sms" )
                Recipient( marketingInLast7Days >= 2 )
            then
                delivery.skip($message, "Two or more marketing messages within a week");
            end
            """;

    private static final String CONTENT = """
            // The next offer: what a journey's step "Decide by rule" is told. The rule of the highest salience that speaks decides.

            rule "free delivery for regulars"
                salience 10
            when
                $c : Customer( orders.count >= 3, $count : orders.count )
            then
                content.decide($c, "free-delivery", "Ordered " + $count + " times");
            end
            """;

    private RuleStarts() {}

    static String of(String group) {
        return switch (group) {
            case "eligibility" -> ELIGIBILITY;
            case "content" -> CONTENT;
            default -> SEGMENT;
        };
    }
}
