package dev.drover.journey;

import dev.drover.engine.EngineLive.Trouble;

/** Why somebody is stuck and what to do, in words; the engine's own, which name the expression or the worker's complaint, stand behind. */
final class StuckWords {

    private StuckWords() {}

    static String of(Trouble trouble) {
        return switch (trouble.errorType()) {
            case "JOB_NO_RETRIES" -> "The step can’t be done. Mend what it complains of, then try again.";
            case "IO_MAPPING_ERROR" -> "What the step is to be given can’t be worked out. Mend its inputs in a new version and move customers to it; if only data was missing, try again.";
            case "EXTRACT_VALUE_ERROR" -> "A value that is needed here can’t be worked out: how long to wait, or whom an event is for. Mend the expression in a new version and move customers to it.";
            case "CONDITION_ERROR" -> "It can’t be decided which way to go: no arrow’s condition holds, or one can’t be worked out. Give the diamond a default flow in a new version, and move customers to it.";
            case "UNHANDLED_ERROR_EVENT" -> "The step reported an error that nothing in the diagram catches. Put an error event on its border in a new version, or try again.";
            case "MESSAGE_SIZE_EXCEEDED" -> "The journey carries more data than the engine takes. Let it keep less.";
            default -> "The engine can’t go on here. Mend what it complains of, then try again.";
        };
    }
}
