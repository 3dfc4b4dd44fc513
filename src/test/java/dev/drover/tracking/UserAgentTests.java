package dev.drover.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "desktop | Chrome | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
        "desktop | Edge | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
        "desktop | Firefox | Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
        "desktop | Thunderbird | Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0",
        "desktop | Safari | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
        "desktop | Apple Mail | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
        "desktop | Outlook | Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)",
        "desktop | Outlook | Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; .NET4.0E; Microsoft Outlook 16.0.5134; ms-office; MSOffice 16)",
        "mobile | Safari | Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        "mobile | Apple Mail | Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
        "mobile | Chrome | Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
        "mobile | Android app | Mozilla/5.0 (Linux; Android 14; SM-S921B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36",
        "mobile | Chrome | Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
        "mobile | Outlook for iOS | Outlook-iOS/723.4027091.prod.iphone (4.28.0)",
        "tablet | Safari | Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1",
        "tablet | Samsung Internet | Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Safari/537.36",
        "unknown | Gmail | Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        "unknown | Yahoo Mail | YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
        "unknown | unknown | something else"})
    void whatPeopleUseIsTold(String device, String client, String said) {
        assertThat(UserAgent.of(said)).isEqualTo(new UserAgent(device, client, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b", "BarracudaCentral", "Barracuda Sentinel (EE)", "Mimecast-TTP",
        "Mozilla/5.0 (compatible; proofpoint)", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Slackbot-LinkExpanding 1.0",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36", "python-requests/2.32.3", "curl/8.5.0",
        "Java-http-client/21.0.5", "Go-http-client/2.0", "facebookexternalhit/1.1", "Mozilla/5.0 (compatible; MSIE 9.0; SafeLinks)"})
    void scannersAreKnownByTheirName(String said) {
        assertThat(UserAgent.of(said).machine()).isEqualTo(Machine.SCANNER);
    }

    @Test
    void privacyProtectionSaysNothingOfItself() {
        assertThat(UserAgent.of("Mozilla/5.0")).isEqualTo(new UserAgent("unknown", "Apple Mail", Machine.PRIVACY_PROXY));
    }

    @Test
    void aProgramWithoutANameIsNoPerson() {
        assertThat(UserAgent.of(null).machine()).isEqualTo(Machine.NAMELESS);
        assertThat(UserAgent.of(" ").machine()).isEqualTo(Machine.NAMELESS);
    }

    @Test
    void whatSaysTooMuchIsReadInPart() {
        assertThat(UserAgent.of("x".repeat(100_000) + " Chrome/1 Android").client()).isEqualTo("unknown");
    }
}
