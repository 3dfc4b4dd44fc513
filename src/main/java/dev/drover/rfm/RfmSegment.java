package dev.drover.rfm;

import java.util.List;
import java.util.Locale;

/**
 * The eleven names that marketers know for the cells of the grid: recency against the mean of frequency and monetary. Every cell has one.
 */
public enum RfmSegment {
    CHAMPIONS("Champions", "Bought lately, often and for much. Reward them; let them try what is new."),
    LOYAL("Loyal customers", "Come regularly. Ask them what they think, show them more of the shelf."),
    POTENTIAL_LOYALIST("Potential loyalists", "Lately here, with some orders. A subscription or a bundle makes them stay."),
    NEW("New customers", "Lately here for the first time. A good second impression is worth more than a discount."),
    PROMISING("Promising", "Came not long ago, once, for little. Make yourself known."),
    NEED_ATTENTION("Need attention", "Average in everything, and drifting. Something that ends soon brings them back."),
    ABOUT_TO_SLEEP("About to sleep", "Few orders, and none of late. Tell them what is popular now."),
    AT_RISK("At risk", "Used to buy often, long ago. Write personally."),
    CANNOT_LOSE("Can’t lose them", "Were among the best and have gone quiet. Call them, before somebody else does."),
    HIBERNATING("Hibernating", "Few orders, long ago. A standard offer now and then."),
    LOST("Lost", "The least in everything. Not worth much effort.");

    // Rows: recency 1 to 5. Columns: the mean of frequency and monetary, rounded, 1 to 5.
    private static final RfmSegment[][] GRID = {
            {LOST, LOST, HIBERNATING, AT_RISK, CANNOT_LOSE},
            {HIBERNATING, HIBERNATING, AT_RISK, AT_RISK, AT_RISK},
            {ABOUT_TO_SLEEP, ABOUT_TO_SLEEP, NEED_ATTENTION, LOYAL, LOYAL},
            {PROMISING, POTENTIAL_LOYALIST, POTENTIAL_LOYALIST, LOYAL, CHAMPIONS},
            {NEW, POTENTIAL_LOYALIST, POTENTIAL_LOYALIST, LOYAL, CHAMPIONS}};

    private final String title;
    private final String advice;

    RfmSegment(String title, String advice) {
        this.title = title;
        this.advice = advice;
    }

    /** @param value the mean of frequency and monetary, rounded: 1 to 5 */
    public static RfmSegment of(int recency, int value) {
        return GRID[recency - 1][value - 1];
    }

    public static RfmSegment of(int recency, int frequency, int monetary) {
        return of(recency, value(frequency, monetary));
    }

    static int value(int frequency, int monetary) {
        return (frequency + monetary + 1) / 2;
    }

    public String title() {
        return title;
    }

    public String advice() {
        return advice;
    }

    /** As it stands in addresses and in rules: {@code cant-lose-them}. */
    public String key() {
        return title.toLowerCase(Locale.ROOT).replace("’", "").replace(' ', '-');
    }

    static java.util.Optional<RfmSegment> byKey(String key) {
        return List.of(values()).stream().filter(one -> one.key().equals(key)).findFirst();
    }
}
