package dev.drover.trigger;

import dev.drover.audience.Shown;
import org.jspecify.annotations.Nullable;

/** A trigger as lists show it. @param colour of its state */
record TriggerWords(Trigger trigger, String when, String does, String after, String limits, String state, String colour, String total, Shown.@Nullable Time last, long held,
        Shown.@Nullable Time storm) {

    static TriggerWords of(Trigger trigger, long held) {
        var said = trigger.definition();
        String after = said.delay().isZero() ? "" : Words.span(said.delay()) + " later";
        String state = trigger.storms() ? "storm" : said.active() ? "on" : "off";
        return new TriggerWords(trigger, said.occasion().words(), said.action().words(), after, limits(said), state, trigger.storms() ? "text-bg-danger" : said.active() ? "text-bg-success" : "text-bg-secondary",
                Shown.number(trigger.triggered()), Shown.time(trigger.lastTriggeredAt()), held, Shown.time(trigger.stormSince()));
    }

    private static String limits(Definition said) {
        String cap = said.cap() == null ? "" : said.cap().words();
        String again = said.reentry() == null ? "" : switch (said.reentry().policy()) {
            case ONCE -> "once in a life";
            case AFTER -> "again after " + (said.reentry().days() == 1 ? "a day" : said.reentry().days() + " days");
            case ALWAYS -> "";
            case NOT_WHILE_INSIDE -> "not while on it";
        };
        return cap.isEmpty() || again.isEmpty() ? cap + again : again + ", " + cap;
    }
}
