package dev.drover.kernel;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Mail addresses as everybody's server takes them: one line of ASCII. A domain in other letters has an ASCII form (IDNA), and is kept so; a name before
 * the at sign has none, and would need that every server on the way knows SMTPUTF8.
 */
public final class EmailAddress {

    private static final int LONGEST = 254;
    // Good enough to catch slips; whether an address lives only its server knows (RFC 5321 limits: 64 and 255).
    private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*");
    private static final Pattern DOMAIN = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?|localhost");

    private EmailAddress() {}

    /** In small letters, without space around, its domain in ASCII. What is no address comes back as it is, in small letters. */
    public static String normal(String address) {
        String small = address.strip().toLowerCase(Locale.ROOT);
        int at = small.lastIndexOf('@');
        if (at < 1 || isAscii(small)) {
            return small;
        }
        try {
            return small.substring(0, at + 1) + IDN.toASCII(small.substring(at + 1)).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return small;
        }
    }

    /** @return what is wrong with it, as the end of a sentence; {@code null}: nothing */
    public static @Nullable String complaint(String address) {
        String normal = normal(address);
        int at = normal.lastIndexOf('@');
        if (normal.chars().anyMatch(one -> Character.isISOControl(one) || one == 0x2028 || one == 0x2029) || at < 1 || normal.length() > LONGEST || at > 64) {
            return "is no e-mail address.";
        }
        String local = normal.substring(0, at);
        if (local.startsWith("\"")) {
            return "has its name in quotes, which hardly any mail server takes: ask for another address.";
        }
        if (!isAscii(local)) {
            return "has letters before the @ that not every mail server takes (SMTPUTF8): ask for an address in plain letters.";
        }
        // Dots where they mustn't be are let pass: some providers once gave out such addresses, and their servers take them.
        boolean wellFormed = LOCAL.matcher(local.replaceAll("^\\.+|\\.+$", "").replaceAll("\\.\\.+", ".")).matches();
        return wellFormed && DOMAIN.matcher(normal.substring(at + 1)).matches() ? null : "is no e-mail address.";
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }
}
