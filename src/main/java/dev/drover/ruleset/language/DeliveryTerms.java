package dev.drover.ruleset.language;

import dev.drover.ruleset.fact.Message;
import dev.drover.ruleset.fact.Recipient;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What rules may read of a message that wants to leave, and of whom it is for. */
final class DeliveryTerms {

    private DeliveryTerms() {}

    static List<Term> message() {
        return List.of(
                message("channel", Type.TEXT, "email, sms or push", "channel == \"email\"", Message::getChannel),
                message("type", Type.TEXT, "marketing, transactional, notification or system", "type == \"notification\"", Message::getType),
                message("marketing", Type.FLAG, "Whether it advertises", "marketing", Message::isMarketing),
                message("category", Type.TEXT, "What it is about, such as newsletter", "category == \"newsletter\"", Message::getCategory),
                message("origin", Type.TEXT, "journey, campaign, trigger or api", "origin == \"campaign\"", Message::getOrigin),
                message("address", Type.TEXT, "Mail address, phone number or device; null: the customer has none for this channel", "address == null", Message::getAddress));
    }

    static List<Term> recipient() {
        return List.of(
                recipient("consented", Type.FLAG, "Whether consent was given for the message's channel and not withdrawn", "!consented", Recipient::isConsented),
                recipient("frequency", Type.TEXT, "How much the customer wants to hear: low, normal or high", "frequency == \"low\"", Recipient::getFrequency),
                recipient("categoryDeclined", Type.FLAG, "Whether the customer doesn't want to hear about the message's category", "categoryDeclined",
                        Recipient::isCategoryDeclined),
                recipient("consentBasis", Type.TEXT, "What the consent rests on: express, purchase or inquiry", "consentBasis == \"purchase\"",
                        Recipient::getConsentBasis),
                recipient("consentMonths", Type.NUMBER, "Whole months since the consent was given, or since the last purchase or the inquiry it rests on",
                        "consentMonths >= 24", Recipient::getConsentMonths).counted(),
                recipient("suppressedFor", Type.TEXT, "Why the address is suppressed; null: it isn't", "suppressedFor != null", Recipient::getSuppressedFor),
                recipient("marketingInLast7Days", Type.NUMBER, "Marketing messages of all channels in the last 7 times 24 hours, this one not counted",
                        "marketingInLast7Days >= 5", Recipient::getMarketingInLast7Days).counted(),
                counted("marketingWithin", "Marketing messages of this category by this channel (\"any\": whichever) in the last so many times 24 hours, this one not counted",
                        "marketingWithin(\"newsletter\", \"any\", 30) >= 4", Recipient::marketingWithin),
                counted("likeThisWithin", "The same for a cap: 0 where the message at hand isn't of this category or channel",
                        "likeThisWithin(\"any\", \"sms\", 7) >= 2", Recipient::likeThisWithin),
                new Term("inSegment", List.of(Argument.SEGMENT), Type.FLAG, "Whether the customer is in this segment at the moment", "inSegment(\"sunset\")",
                        (fact, literals) -> ((Recipient) fact).inSegment((String) java.util.Objects.requireNonNull(literals.getFirst().value()))),
                recipient("keptOutOf", Type.TEXT, "Of what marketing the customer is kept out, to measure what it brings (a holdout); null: of none", "keptOutOf != null",
                        Recipient::getKeptOutOf),
                recipient("localHour", Type.NUMBER, "The hour on the customer's clock, 0 to 23", "localHour >= 21", Recipient::getLocalHour).counted(),
                recipient("timeZone", Type.TEXT, "Time zone of the customer", "timeZone == \"Europe/Amsterdam\"", Recipient::getTimeZone),
                new Term("nextLocal", List.of(Argument.HOUR), Type.MOMENT, "The next time the customer's clock shows this hour", "$morning : nextLocal(8)",
                        (fact, literals) -> ((Recipient) fact).nextLocal((int) literals.getFirst().number())));
    }

    private static Term message(String name, Type type, String description, String example, Function<Message, @Nullable Object> reading) {
        return new Term(name, List.of(), type, description, example, (fact, none) -> reading.apply((Message) fact));
    }

    private static Term recipient(String name, Type type, String description, String example, Function<Recipient, @Nullable Object> reading) {
        return new Term(name, List.of(), type, description, example, (fact, none) -> reading.apply((Recipient) fact));
    }

    private interface Counting {

        int of(Recipient recipient, String category, String channel, int days);
    }

    private static Term counted(String name, String description, String example, Counting counting) {
        return new Term(name, List.of(Argument.CATEGORY, Argument.CHANNEL_OR_ANY, Argument.DAYS_KNOWN), Type.NUMBER, description, example, (fact, literals) ->
                counting.of((Recipient) fact, (String) literals.get(0).value(), (String) literals.get(1).value(), (int) literals.get(2).number())).counted();
    }
}
