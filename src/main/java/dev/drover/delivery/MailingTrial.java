package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What can be known of a mailing before it is opened: what it lacks, for whom it has gaps, where it leads, how it looks in one's own mailbox. */
@Component
public class MailingTrial {

    /** A merge tag that stays empty for some. @param of so many were looked at */
    public record Gap(String tag, int missing, int of) {}

    /** @param state {@code ok}, {@code moved}, {@code dead}, {@code unsure} or {@code unasked} */
    public record Link(String url, String state, String words) {}

    /** @param url where to look at it here @param problem why it didn't leave; {@code null}: it did */
    public record Tested(String words, String url, @Nullable String problem) {}

    private final Templates templates;
    private final Customers customers;
    private final Composer composer;
    private final Previews previews;
    private final LinkAnswers links;
    private final TestMessages tests;
    private final Senders senders;

    MailingTrial(Templates templates, Customers customers, Composer composer, Previews previews, LinkAnswers links, TestMessages tests, Senders senders) {
        this.templates = templates;
        this.customers = customers;
        this.composer = composer;
        this.previews = previews;
        this.links = links;
        this.tests = tests;
        this.senders = senders;
    }

    /** Whose name it bears unless it says otherwise. */
    public Sender sender() {
        return senders.standard();
    }

    /** Why it can't be opened; {@code null}: it can. */
    public @Nullable String problem(Template template) {
        return PostalAddress.missing(template, new Composer.Composed(composer.rehearse(template, Map.of()), composer.madeUp(template, Map.of())));
    }

    /** Tags that stay empty for some of these, those of most first. */
    public List<Gap> gaps(Template template, Collection<Long> customerIds) {
        var tags = templates.mergeTags(template);
        var names = templates.needs(template).names();
        var people = customers.byIds(customerIds);
        var missing = new java.util.HashMap<String, Integer>();
        for (Customer customer : people) {
            var data = composer.data(template, customer, Map.of(), names::contains);
            tags.stream().filter(tag -> empty(data, tag)).forEach(tag -> missing.merge(tag, 1, Integer::sum));
        }
        var gaps = new ArrayList<Gap>();
        missing.forEach((tag, count) -> gaps.add(new Gap(tag, count, people.size())));
        gaps.sort(java.util.Comparator.comparingInt(Gap::missing).reversed().thenComparing(Gap::tag));
        return gaps;
    }

    /** Blocks, the mail's own parts and what a loop goes through have no value of their own. */
    private static boolean empty(Map<String, Object> data, String tag) {
        if (tag.startsWith("segments") || tag.equals("subject") || tag.equals("preheader") || tag.startsWith("this") || tag.startsWith("@")) {
            return false;
        }
        Object value = data;
        for (String part : tag.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return value == null || value.toString().isBlank();
    }

    /** Asks where its links lead, which takes some seconds. */
    public List<Link> links(Template template) {
        return links.of(previews.of(template, null, Map.of())).links().stream().map(found -> new Link(found.url(), found.state(), found.words())).toList();
    }

    /** @throws dev.drover.kernel.Problem rejected for an address that can't be, and a text that fails */
    public Tested test(Template template, @Nullable String to, String author) {
        var sent = tests.send(template, null, to, author);
        boolean kept = sent.provider().equals(CaptureProvider.NAME);
        return new Tested(sent.problem() != null ? "It didn’t leave: " + sent.problem() : kept ? "It is in the inbox here: nothing leaves this machine yet." : "It is on its way.",
                (kept && sent.problem() == null ? "/inbox/" : "/messages/") + sent.id(), sent.problem());
    }
}
