package dev.drover.tracking;

import java.util.Arrays;

/** Why an open or a click is no person's. */
enum Machine {
    PRIVACY_PROXY("privacy-proxy", "a mail service fetches everything in advance"),
    PREFETCH("prefetch", "fetched in advance"),
    SCANNER("scanner", "a scanner or robot by its own word"),
    NAMELESS("nameless", "a program without a name"),
    HEAD("head", "asked for the headers only"),
    TOO_SOON("too-soon", "within a second of being sent"),
    BURST("burst", "several links within two seconds"),
    TRAP("trap", "around it, a link was followed that people don't see");

    private final String key;
    private final String words;

    Machine(String key, String words) {
        this.key = key;
        this.words = words;
    }

    /** What the table keeps. */
    String key() {
        return key;
    }

    static String inWords(String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).map(one -> one.words).findFirst().orElse(key);
    }
}
