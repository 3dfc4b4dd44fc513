package dev.drover.delivery.bounce;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How far the conversation of the servers went: the same words mean another thing at its end than at its beginning. */
enum Phase {

    CONNECT, HELO, MAIL, RCPT, DATA, UNKNOWN;

    /** What notices write, the most telling first. */
    private static final List<Map.Entry<String, Phase>> SIGNS = List.of(
            Map.entry("in reply to end of data", DATA), Map.entry("in reply to data", DATA), Map.entry("in reply to rcpt", RCPT),
            Map.entry("in reply to mail", MAIL), Map.entry("in reply to ehlo", HELO), Map.entry("in reply to helo", HELO),
            Map.entry("while receiving the initial server greeting", CONNECT), Map.entry("after end of data", DATA), Map.entry("for text command", DATA), Map.entry("after end of message", DATA),
            Map.entry("after rcpt to", RCPT), Map.entry("after pipelined rcpt", RCPT), Map.entry("after mail from", MAIL), Map.entry("after pipelined mail", MAIL),
            Map.entry("after data", DATA), Map.entry("after pipelined data", DATA), Map.entry("after rcpt command", RCPT), Map.entry("after mail command", MAIL), Map.entry("after text command", DATA), Map.entry("after helo", HELO), Map.entry("after ehlo", HELO),
            Map.entry("after initial connection", CONNECT), Map.entry("[rcpt_to]", RCPT), Map.entry("[mail_from]", MAIL), Map.entry("[data]", DATA),
            Map.entry("like our rcpt to", RCPT), Map.entry("like our mail from", MAIL), Map.entry("like our final data", DATA), Map.entry("like our data", DATA),
            Map.entry("like our ehlo", HELO), Map.entry("like our helo", HELO), Map.entry("does not like recipient", RCPT), Map.entry("my name was rejected", HELO),
            Map.entry("sender was rejected", MAIL), Map.entry("failed after i sent the message", DATA), Map.entry("smtp command data", DATA),
            Map.entry("smtp command rcpt", RCPT), Map.entry("smtp command mail", MAIL), Map.entry("during rcpt", RCPT), Map.entry("(state 9)", MAIL), Map.entry("(state 14)", RCPT), Map.entry("(state 17)", DATA), Map.entry("(state 18)", DATA), Map.entry("following rcpt", RCPT), Map.entry("following data", DATA), Map.entry("following mail from", MAIL), Map.entry("during data", DATA));

    static Phase of(String text) {
        String small = text.toLowerCase(Locale.ROOT).replaceAll("\\s{1,200}", " ");
        for (var sign : SIGNS) {
            if (small.contains(sign.getKey())) {
                return sign.getValue();
            }
        }
        int answer = refusal(small);
        int asked = answer < 0 ? -1 : small.lastIndexOf(">>> ", answer);
        return asked < 0 ? UNKNOWN : command(small.substring(asked + 4, Math.min(small.length(), asked + 12)));
    }

    /** Where a transcript's first refusal stands. */
    private static int refusal(String text) {
        int permanent = text.indexOf("<<< 5");
        int temporary = text.indexOf("<<< 4");
        return permanent < 0 ? temporary : temporary < 0 ? permanent : Math.min(permanent, temporary);
    }

    private static Phase command(String words) {
        return words.startsWith("rcpt") ? RCPT : words.startsWith("mail") ? MAIL : words.startsWith("data") || words.startsWith(".") || words.startsWith("bdat") ? DATA
                : words.startsWith("ehlo") || words.startsWith("helo") ? HELO : UNKNOWN;
    }
}
