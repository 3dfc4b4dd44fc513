package dev.drover.journey;

import java.util.List;
import java.util.Map;

/** Who begins journeys besides the events that their diagrams name and people; told by the floors above. */
public interface JourneyStarters {

    /** @param name as its author gave it @param url of its page @param active whether it does so now */
    record Starter(String name, String url, boolean active) {}

    /** By the journey's id, those of each by name. A journey that nobody begins is left out. */
    Map<String, List<Starter>> all();
}
