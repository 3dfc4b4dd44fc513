package dev.drover.ruleset.language;

/** What stands here is no part of the language. Ends the reading of one rule; never leaves this package. */
final class Refused extends RuntimeException {

    final transient Place place;

    Refused(Place place, String message) {
        super(message, null, false, false);
        this.place = place;
    }
}
