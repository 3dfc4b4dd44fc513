package dev.drover.template;

/** Makes a mail of an author's HTML: styles go into the elements, and the preheader in front where the author has no place for it. */
final class Preparation {

    private static final String PREHEADER = "<div aria-hidden=\"true\" style=\"display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;opacity:0;\">{{preheader}}</div>";

    private Preparation() {}

    static String of(String source) {
        var markup = Markup.of(source);
        String styled = CssInliner.inlined(markup);
        if (source.contains("{{preheader")) {
            return styled;
        }
        var body = markup.document().body();
        int at = markup.written(body) ? Markup.of(styled).document().body().sourceRange().endPos() : -1;
        return at < 0 ? "{{#if preheader}}" + PREHEADER + "{{/if}}" + styled : styled.substring(0, at) + "{{#if preheader}}" + PREHEADER + "{{/if}}" + styled.substring(at);
    }
}
