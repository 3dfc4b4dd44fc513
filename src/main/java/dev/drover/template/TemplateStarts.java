package dev.drover.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** What a new template begins with, so that nobody faces an empty page. */
final class TemplateStarts {

    private static final String WORDS = """
            <h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">Hello {{default customer.firstName "there"}}</h1>
            <p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Write what you have to say.</p>
            <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">To the shop</a></td></tr></table>""";

    private TemplateStarts() {}

    static TemplateDraft of(String channel) {
        return switch (channel) {
            case "sms" -> new TemplateDraft("", "", "sms", "marketing", "", null, null, null, "{{sender.name}}: hello {{default customer.firstName \"there\"}}! Stop: {{links.unsubscribe}}", true, 0, "");
            case "push" -> new TemplateDraft("", "", "push", "marketing", "", "{{sender.name}}", null, null, "Hello {{default customer.firstName \"there\"}}!", true, 0, "");
            default -> new TemplateDraft("", "", "email", "marketing", "", "", "", layout().replace("<!-- content -->", WORDS), null, true, 0, "");
        };
    }

    static String layout() {
        try {
            return new ClassPathResource("templates-shipped/layout.html").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
