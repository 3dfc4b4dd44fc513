package dev.drover.consent;

/** What people read before they agree. A text that changes gets a new version: the proof names the one that was on the page. */
enum Wording {

    PREFERENCES("preferences-2", "By ticking a channel you say: yes, write to me with news and offers that way. I can change this at any time."),
    OPT_IN("opt-in-1", "Yes, write to me by e-mail with news and offers. I can change this at any time."),
    OPT_IN_AGAIN("opt-in-again-1", "Yes, write to me by e-mail with news and offers again, although nothing was sent to this address any more. I can change this at any time.");

    private final String version;
    private final String text;

    Wording(String version, String text) {
        this.version = version;
        this.text = text;
    }

    String version() {
        return version;
    }

    String text() {
        return text;
    }
}
