package dev.drover.delivery;

/**
 * How a text is cut into the messages the network carries, and a provider is paid for. Most texts fit the GSM alphabet (GSM 03.38: 160
 * characters, some count twice); one letter outside of it, and all of the text goes as UCS-2 (70). Longer texts carry a header in each segment,
 * so that less fits in: 153 and 67.
 *
 * @param units septets or UTF-16 units
 */
public record SmsSegments(Encoding encoding, int units, int count) {

    public enum Encoding {
        GSM_7(160, 153), UCS_2(70, 67);

        private final int alone;
        private final int inARow;

        Encoding(int alone, int inARow) {
            this.alone = alone;
            this.inARow = inARow;
        }
    }

    private static final String GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    /** Sent as an escape and a character. */
    private static final String GSM_TWICE = "\f^{}\\[~]|€";

    public static SmsSegments of(String text) {
        var encoding = text.chars().allMatch(unit -> GSM.indexOf(unit) >= 0 || GSM_TWICE.indexOf(unit) >= 0) ? Encoding.GSM_7 : Encoding.UCS_2;
        int units = text.codePoints().map(point -> width(encoding, point)).sum();
        return new SmsSegments(encoding, units, units <= encoding.alone ? 1 : inARow(encoding, text));
    }

    /** What belongs together isn't torn apart: an escape and its character, both halves of a surrogate pair. */
    private static int inARow(Encoding encoding, String text) {
        int segments = 1;
        int filled = 0;
        for (int width : text.codePoints().map(point -> width(encoding, point)).toArray()) {
            if (filled + width > encoding.inARow) {
                segments++;
                filled = 0;
            }
            filled += width;
        }
        return segments;
    }

    private static int width(Encoding encoding, int point) {
        return encoding == Encoding.UCS_2 ? Character.charCount(point) : GSM_TWICE.indexOf(point) >= 0 ? 2 : 1;
    }
}
