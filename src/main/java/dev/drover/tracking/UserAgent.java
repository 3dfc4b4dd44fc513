package dev.drover.tracking;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a program says of itself. A few dozen lines instead of a library of every browser ever made, as what matters here is another question: the
 * mail programs and services that fetch pictures, and the scanners that follow links.
 *
 * @param device  {@code desktop}, {@code mobile}, {@code tablet} or {@code unknown}
 * @param client  its name, or {@code unknown}
 * @param machine {@code null}: it may be a person's
 */
record UserAgent(String device, String client, @Nullable Machine machine) {

    private static final int LONGEST = 500;
    private static final String UNKNOWN = "unknown";

    /** Names that scanners and robots give themselves. */
    private static final Pattern SCANNER = Pattern.compile("(?i)barracuda|mimecast|proofpoint|safelinks|safe links|bingpreview|symantec|messagelabs|trendmicro|trend micro"
            + "|ironport|\\bcisco|sophos|fireeye|trellix|fortinet|fortiguard|fortimail|zscaler|cloudmark|checkpoint|check point|vadesecure|hornetsecurity|bitdefender|kaspersky"
            + "|forcepoint|websense|netcraft|urlscan|virustotal|google-safety|googlesecurityscanner|facebookexternalhit|whatsapp/|skypeuripreview"
            + "|(?<!cu)bot\\b|crawl|spider|slurp|preview|scanner|headless|phantomjs|selenium|puppeteer|playwright|monitor|uptime"
            + "|python-|aiohttp|curl/|wget|libwww|go-http-client|java/|java-http-client|apache-httpclient|node-fetch|axios|\\b(ruby|perl|php)\\b|powershell|postman|existence discovery|protocol discovery");

    /** In this order; the first that fits is it. */
    private static final Map<Pattern, String> CLIENTS = clients();

    private static final Pattern TABLET = Pattern.compile("iPad|Tablet(?! PC)|Kindle|Silk/|PlayBook|Android(?!.*\\bMobile\\b)");
    private static final Pattern MOBILE = Pattern.compile("iPhone|iPod|Android|Mobile|Windows Phone|Outlook-iOS|Outlook-Android");
    private static final Pattern DESKTOP = Pattern.compile("Windows|Macintosh|Mac OS X|X11|CrOS|Linux|Microsoft Outlook|MSOffice");

    /** What Gmail and Yahoo fetch, they fetch when somebody looks; but what they say of the device is their own machine's. */
    private static final Pattern SERVICE = Pattern.compile("GoogleImageProxy|YahooMailProxy");

    /** @param text {@code null}: it says nothing */
    static UserAgent of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return new UserAgent(UNKNOWN, UNKNOWN, Machine.NAMELESS);
        }
        String said = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        // Apple's privacy protection says this and nothing more; it fetches every picture of every mail, read or not.
        if (said.strip().equals("Mozilla/5.0")) {
            return new UserAgent(UNKNOWN, "Apple Mail", Machine.PRIVACY_PROXY);
        }
        if (SERVICE.matcher(said).find()) {
            return new UserAgent(UNKNOWN, client(said), null);
        }
        return new UserAgent(device(said), client(said), SCANNER.matcher(said).find() ? Machine.SCANNER : null);
    }

    private static String client(String said) {
        return CLIENTS.entrySet().stream().filter(each -> each.getKey().matcher(said).find()).map(Map.Entry::getValue).findFirst().orElse(UNKNOWN);
    }

    private static String device(String said) {
        return TABLET.matcher(said).find() && !said.contains("Outlook-Android") ? "tablet" : MOBILE.matcher(said).find() ? "mobile"
                : DESKTOP.matcher(said).find() ? "desktop" : UNKNOWN;
    }

    private static Map<Pattern, String> clients() {
        var clients = new LinkedHashMap<Pattern, String>();
        String[] words = {
            "GoogleImageProxy", "Gmail", "YahooMailProxy", "Yahoo Mail",
            "Outlook-iOS", "Outlook for iOS", "Outlook-Android", "Outlook for Android", "Microsoft Outlook|MSOffice|ms-office|Outlook/", "Outlook",
            "Thunderbird/", "Thunderbird", "Postbox/", "Postbox", "Airmail", "Airmail", "eM ?Client", "eM Client", "Lotus-Notes|HCL Notes", "Notes",
            "K-9|K9Mail", "K-9 Mail", "SamsungEmail|Samsung Email", "Samsung Email", "YahooMobile|YMobile", "Yahoo Mail", "ProtonMail", "Proton Mail",
            "GSA/", "Google app", "FBAN|FBAV", "Facebook", "Instagram", "Instagram",
            "Edg(e|A|iOS)?/", "Edge", "OPR/|OPiOS/|Opera", "Opera", "SamsungBrowser/", "Samsung Internet", "Vivaldi/", "Vivaldi", "DuckDuckGo/", "DuckDuckGo",
            "Firefox/|FxiOS/", "Firefox", "; wv\\)", "Android app", "Chrome/|CriOS/|Chromium/", "Chrome", "Version/.*Safari/", "Safari",
            // Mail.app and the apps of Apple's devices: the engine's name without the browser's.
            "(Macintosh|iPhone|iPad|iPod).*AppleWebKit", "Apple Mail", "Trident/|MSIE ", "Internet Explorer"};
        for (int n = 0; n < words.length; n += 2) {
            clients.put(Pattern.compile(words[n]), words[n + 1]);
        }
        return clients;
    }
}
