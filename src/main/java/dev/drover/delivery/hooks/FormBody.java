package dev.drover.delivery.hooks;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A form's parameters out of the body alone: those of the address are signed as a part of it. */
final class FormBody {

    private static final int MOST = 200;

    private FormBody() {}

    /** @throws IllegalArgumentException for what is no form */
    static Map<String, List<String>> of(byte[] body) {
        var parameters = new LinkedHashMap<String, List<String>>();
        String text = new String(body, StandardCharsets.UTF_8);
        String[] pairs = text.isEmpty() ? new String[0] : text.split("&");
        if (pairs.length > MOST) {
            throw new IllegalArgumentException("No form of Twilio's has so many parameters");
        }
        for (String pair : pairs) {
            int end = pair.indexOf('=');
            parameters.computeIfAbsent(decoded(end < 0 ? pair : pair.substring(0, end)), name -> new ArrayList<>()).add(end < 0 ? "" : decoded(pair.substring(end + 1)));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
