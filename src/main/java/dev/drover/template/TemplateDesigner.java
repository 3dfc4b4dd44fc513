package dev.drover.template;

import ch.digitalfondue.mjml4j.Mjml4j;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Template;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Mails that are put together by hand in the designer: it knows MJML, of which the HTML is made here, merge tags and all. */
@Component
class TemplateDesigner {

    private static final String MJML = "mjml";
    private static final int MOST = 300_000;
    private static final int DEEPEST = 60;
    private static final Pattern PART = Pattern.compile("<(/?)mj-(?!raw|text|image|button|divider|spacer|all|font)[a-z-]*+(?![^<>]*/>)");
    /** MJML has its fonts fetched from Google, unasked. */
    private static final Pattern FOREIGN_FONTS = Pattern.compile("<!--\\[if !mso]><!-->\\s*<link href=\"https://fonts\\.googleapis\\.com/.*?<!--<!\\[endif]-->", Pattern.DOTALL);
    private static final String START = """
            <mjml>
              <mj-head>
                <mj-attributes><mj-all font-family="-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"></mj-all></mj-attributes>
              </mj-head>
              <mj-body background-color="#f5f1e8">
                <mj-section background-color="#ffffff"><mj-column>
                  <mj-text font-size="17px" font-weight="700" color="#1f6f5c">{{sender.name}}</mj-text>
                  <mj-text font-size="28px" line-height="34px" color="#20231f">Hello {{default customer.firstName "there"}}</mj-text>
                  <mj-text font-size="16px" line-height="25px" color="#34372f">Write what you have to say.</mj-text>
                  <mj-button background-color="#1f6f5c" color="#ffffff" font-size="16px" border-radius="10px" href="{{links.home}}">To the shop</mj-button>
                </mj-column></mj-section>
                <mj-section><mj-column>
                  <mj-text font-size="13px" line-height="20px" color="#66645c">You get this because you asked {{sender.name}} to write to you. <a href="{{links.unsubscribe}}" style="color:#66645c">Unsubscribe</a> or <a href="{{links.preferences}}" style="color:#66645c">choose what you get</a>.<br/>{{sender.address}}</mj-text>
                </mj-column></mj-section>
              </mj-body>
            </mjml>
            """;

    private final Templates templates;
    private final TemplateChecks checks;

    TemplateDesigner(Templates templates, TemplateChecks checks) {
        this.templates = templates;
        this.checks = checks;
    }

    /** @return {@code null}: the mail was written as HTML, which the designer can't read */
    @Nullable String designOf(String key) {
        return templates.design(key).map(design -> design.get(MJML)).map(Object::toString).orElse(null);
    }

    String start() {
        return START;
    }

    /** @throws Problem rejected for what is no MJML, and for what no template may say; conflict when somebody else changed it */
    Template save(String key, String mjml, TemplateEdit edit, @Nullable Integer since) {
        var before = templates.require(key);
        if (!before.channel().key().equals("email")) {
            throw Problem.rejected("Only mails are designed.");
        }
        String html = html(mjml, before.name());
        var problems = checks.errors("html", html);
        if (!problems.isEmpty()) {
            throw Problem.invalid(List.of(new Problem.FieldError("mjml", problems.getFirst().message())));
        }
        return templates.change(new Template(key, before.name(), before.channel(), before.type(), before.category(), before.subject(), before.preheader(), html, null, before.active(),
                before.system(), before.version()), Map.of(MJML, mjml), edit, since);
    }

    String html(String mjml, String title) {
        new Checks().required("mjml", mjml).printable("mjml", mjml).orThrow();
        if (mjml.length() > MOST) {
            throw Problem.invalid("mjml", "This design is far larger than a mail may be.");
        }
        if (deepest(mjml) > DEEPEST) {
            throw Problem.invalid("mjml", "This can't be made a mail: its parts are nested deeper than %d.".formatted(DEEPEST));
        }
        if (!mjml.contains("<mjml")) {
            throw Problem.invalid("mjml", "This is no MJML.");
        }
        // Merge tags are kept aside: what is between their braces is no markup, whatever it looks like.
        var tags = Markup.tags(mjml);
        var kept = new StringBuilder();
        int from = 0;
        for (int n = 0; n < tags.size(); n++) {
            kept.append(mjml, from, tags.get(n).from()).append("drovertag").append(n).append("x");
            from = tags.get(n).to();
        }
        kept.append(mjml, from, mjml.length());
        String html;
        try {
            html = Mjml4j.render(kept.toString(), new Mjml4j.Configuration("en"));
        } catch (RuntimeException | StackOverflowError e) {
            throw Problem.invalid("mjml", "This can't be made a mail: " + Objects.requireNonNullElse(e.getMessage(), "it is no MJML."));
        }
        for (int n = tags.size() - 1; n >= 0; n--) {
            html = html.replace("drovertag" + n + "x", unescaped(tags.get(n).in(mjml)));
        }
        if (!mjml.contains("<mj-font")) {
            html = FOREIGN_FONTS.matcher(html).replaceAll("");
        }
        return html.replaceFirst("<title>\\s*</title>", java.util.regex.Matcher.quoteReplacement("<title>" + (title.isBlank() ? "" : "{{subject}}") + "</title>"));
    }

    private static int deepest(String mjml) {
        int depth = 0;
        int deepest = 0;
        var parts = PART.matcher(mjml);
        while (parts.find()) {
            depth += parts.group(1).isEmpty() ? 1 : -1;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    /** The designer writes quotes within an element's text as they are, and within attributes as entities. */
    private static String unescaped(String tag) {
        return tag.replace("&quot;", "\"").replace("&#39;", "'").replace("&#039;", "'").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace('\u00a0', ' ').replace("&nbsp;", " ");
    }
}
