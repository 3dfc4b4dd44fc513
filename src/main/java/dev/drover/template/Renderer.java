package dev.drover.template;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.context.MapValueResolver;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Rendered;
import dev.drover.template.Templates.Template;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Fills templates. What they can reach is maps, lists and values (no methods, no classes), helpers are our own, there are no partials, and
 * a rendering has a budget of loop rounds and of output: a template is somebody's text, not our code.
 */
@Component
class Renderer {

    /** A message larger than this is nobody's mail. */
    static final int MOST_OUTPUT = 1_000_000;
    private static final int MOST_ROUNDS = 10_000;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private final Handlebars html = Helpers.registerOn(new Handlebars(NoPartials.INSTANCE).with(EscapingStrategy.HTML_ENTITY));
    /** Knows no name it wasn't told, so that a slip in a helper's name is found before anything is sent. */
    private final Handlebars strict = Helpers.registerKnownOn(new Handlebars(NoPartials.INSTANCE));
    private final Handlebars plain = Helpers.registerOn(new Handlebars(NoPartials.INSTANCE).with(EscapingStrategy.NOOP));
    /** A text remembers its own hash: looked up for each message, ten kilobytes put together anew would be read through each time. */
    private record Source(boolean html, String text) {}

    private final Cache<Source, com.github.jknack.handlebars.Template> compiled = Caffeine.newBuilder().maximumWeight(20_000_000)
            .weigher((Source source, Object template) -> source.text().length()).build();

    /** A mail's HTML as it is filled, by its source. */
    private final Cache<String, String> prepared = Caffeine.newBuilder().maximumWeight(20_000_000).weigher((String source, String ready) -> ready.length()).build();
    private final Cache<Template, Needs> needs = Caffeine.newBuilder().maximumSize(1_000).build();

    Rendered render(Template template, Map<String, Object> given) {
        var data = new HashMap<>(given);
        String subject = line(fill(plain, "subject", template.subject(), data));
        String preheader = line(fill(plain, "preheader", template.preheader(), data));
        data.put("subject", subject == null ? "" : subject);
        data.put("preheader", preheader == null ? "" : preheader);
        String body = template.html() == null ? null : SafeLinks.of(fillHtml(template.html(), data));
        String text = fill(plain, "text", template.text(), data);
        if (text == null) {
            text = body == null ? "" : PlainText.of(body);
        }
        return new Rendered(subject, preheader, body, text.strip());
    }

    /** What a template asks of its data. */
    Needs needs(Template template) {
        return needs.get(template, key -> Needs.of(mergeTags(template),
                Stream.of(template.subject(), template.preheader(), template.html(), template.text()).filter(Objects::nonNull).toList()));
    }

    SortedSet<String> mergeTags(Template template) {
        return mergeTags(Stream.of(template.subject(), template.preheader(), template.html(), template.text()).filter(Objects::nonNull).toList());
    }

    /** What is wrong with a part of a template; empty: nothing that can be seen without data. */
    List<TemplateProblem> check(String part, @Nullable String source) {
        if (source == null) {
            return List.of();
        }
        var screened = Screening.of(part, source);
        if (!screened.isEmpty()) {
            return screened;
        }
        try {
            strict.compileInline(source);
            return List.of();
        } catch (HandlebarsException e) {
            return List.of(TemplateProblems.found(part, e));
        } catch (IOException | StackOverflowError e) {
            return List.of(new TemplateProblem(part, 1, 1, "It can't be read: it is nested too deeply."));
        }
    }

    SortedSet<String> mergeTags(List<String> sources) {
        var tags = new TreeSet<String>();
        sources.forEach(source -> tags.addAll(MergeTags.of(compile(html, "html", source))));
        return tags;
    }

    /** With the styles written into the elements; what goes wrong is told by its place in the author's own text. */
    private String fillHtml(String source, Map<String, Object> data) {
        String prepared = prepared(source);
        try {
            return Objects.requireNonNull(fill(html, "html", prepared, data));
        } catch (Problem problem) {
            if (!prepared.equals(source)) {
                fill(html, "html", source, data);
            }
            throw problem;
        }
    }

    private String prepared(String source) {
        return prepared.get(source, key -> {
            // What is refused below isn't worth reading as HTML; what is too large by far isn't, either.
            if (!Screening.of("html", source).isEmpty()) {
                return source;
            }
            return Preparation.of(source);
        });
    }

    private @Nullable String fill(Handlebars handlebars, String part, @Nullable String source, Map<String, Object> data) {
        if (source == null) {
            return null;
        }
        var template = compile(handlebars, part, source);
        var context = Context.newBuilder(data).resolver(MapValueResolver.INSTANCE).build();
        context.data(Helpers.BUDGET, new Helpers.Budget(MOST_ROUNDS, 4 * MOST_OUTPUT));
        var output = new BoundedWriter(MOST_OUTPUT);
        try {
            template.apply(context, output);
            return output.toString();
        } catch (HandlebarsException e) {
            throw TemplateProblems.problem(part, e);
        } catch (IOException e) {
            throw Problem.invalid(part, e.getMessage());
        } catch (StackOverflowError e) {
            throw Problem.invalid(part, part + " is nested too deeply.");
        } finally {
            context.destroy();
        }
    }

    private com.github.jknack.handlebars.Template compile(Handlebars handlebars, String part, String source) {
        return compiled.get(new Source(handlebars == html, source), key -> {
            var screened = Screening.of(part, source);
            if (!screened.isEmpty()) {
                throw Problem.invalid(part, screened.getFirst().inWords());
            }
            try {
                return handlebars.compileInline(source);
            } catch (HandlebarsException e) {
                throw TemplateProblems.problem(part, e);
            } catch (IOException e) {
                throw Problem.invalid(part, e.getMessage());
            } catch (StackOverflowError e) {
                throw Problem.invalid(part, part + " is nested too deeply.");
            }
        });
    }

    /** A subject is one line: a line break in a customer's name must not become a header (CWE-93). */
    private static @Nullable String line(@Nullable String text) {
        return text == null ? null : CONTROL.matcher(text).replaceAll(" ").strip();
    }
}
