package dev.drover.template;

import java.util.Map;
import java.util.TreeMap;

/** Pieces to be put into a text at places that are counted in the text as it was. */
final class Splices {

    private final String source;
    private final Map<Integer, String> pieces = new TreeMap<>();

    Splices(String source) {
        this.source = source;
    }

    void insert(int at, String piece) {
        pieces.merge(at, piece, String::concat);
    }

    String apply() {
        if (pieces.isEmpty()) {
            return source;
        }
        var text = new StringBuilder(source.length() + 1_024);
        int from = 0;
        for (var piece : pieces.entrySet()) {
            text.append(source, from, piece.getKey()).append(piece.getValue());
            from = piece.getKey();
        }
        return text.append(source, from, source.length()).toString();
    }
}
