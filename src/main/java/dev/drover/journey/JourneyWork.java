package dev.drover.journey;

/** What one kind of task does. It may be done again to those it was done to already: after a crash, nobody knows how far the last round came. */
interface JourneyWork {

    JourneyTask.Kind kind();

    /** How many there are that it isn't done to yet, as the history tells it. */
    long remaining(JourneyTask task);

    /** The next few. @return the last key looked at; 0: nobody is left in this pass */
    long some(JourneyTask task);

    /** They were gone through so often that those who remain are told of and left. */
    default void giveUp(JourneyTask task) {}
}
