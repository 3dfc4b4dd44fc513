package dev.drover.engine.history.exporter;

/** Takes the quotes and escapes from a JSON string; the exporter has no JSON library of its own. A number stays as it is written. */
final class JsonText {

    private JsonText() {}

    static String of(String json) {
        if (json.length() < 2 || json.charAt(0) != '"') {
            return json;
        }
        var text = new StringBuilder(json.length());
        int end = json.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = json.charAt(i);
            if (c != '\\' || i + 1 >= end) {
                text.append(c);
                continue;
            }
            char escaped = json.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'u' -> {
                    text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }
}
