package dev.drover.trigger;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a trigger passes on of an occasion. */
final class EventWords {

    private EventWords() {}

    /**
     * For a template: what the action's author wrote goes before what the event tells, which is there by its own names ({@code orderId}, so that a template
     * serves journeys and triggers alike) and as {@code event}. Names such as {@code customer} are the platform's own and are laid over all this later.
     */
    static Map<String, Object> data(Action action, Map<String, Object> event) {
        var data = new LinkedHashMap<String, Object>(event);
        data.put("event", event);
        data.putAll(action.map("data"));
        return data;
    }
}
