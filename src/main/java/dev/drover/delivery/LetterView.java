package dev.drover.delivery;

import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/**
 * How a mail is looked at.
 *
 * @param view  {@code html}, {@code text} or {@code headers}
 * @param width {@code wide} or {@code phone}
 */
record LetterView(String view, String width) {

    /** What isn't known is the usual: an address typed by hand is no reason to fail. */
    static LetterView of(@Nullable String view, @Nullable String width) {
        return new LetterView("text".equals(view) || "headers".equals(view) ? view : "html", "phone".equals(width) ? width : "wide");
    }

    void on(Model model) {
        model.addAttribute("view", view);
        model.addAttribute("width", width);
    }
}
