package dev.drover.template;

import com.github.jknack.handlebars.io.AbstractTemplateLoader;
import com.github.jknack.handlebars.io.TemplateSource;
import java.io.IOException;

/** Templates stand alone: nothing is read from a disk or a class path on their behalf. */
final class NoPartials extends AbstractTemplateLoader {

    static final NoPartials INSTANCE = new NoPartials();

    @Override
    public TemplateSource sourceAt(String location) throws IOException {
        throw new IOException("Partials ({{> " + location + "}}) aren't available in a message template.");
    }
}
