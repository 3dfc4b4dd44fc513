package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.consent.Consents;
import dev.drover.kernel.Channel;
import dev.drover.kernel.ShopUrl;
import dev.drover.segment.Segments;
import dev.drover.template.MergeData;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Puts together what a message is rendered from, and renders it. */
@Component
class Composer {

    /** @param data the snapshot, as it is kept */
    record Composed(MessageContent content, Map<String, Object> data) {}

    /** RFC 3834: so that a holiday's answering machine keeps quiet, and two programs don't write to each other for ever. */
    private static final String WRITTEN_BY_A_PROGRAM = "auto-generated";

    private final Templates templates;
    private final Senders senders;
    private final Consents consents;
    private final Segments segments;
    /** Looked up when first asked for: they may use what uses this. */
    private final SingletonSupplier<List<MergeData>> offered;
    private final ShopUrl shop;
    private final UnsubscribeWays ways;

    Composer(Templates templates, Senders senders, Consents consents, Segments segments, ObjectProvider<MergeData> offered, ShopUrl shop, UnsubscribeWays ways) {
        this.templates = templates;
        this.senders = senders;
        this.consents = consents;
        this.segments = segments;
        this.offered = SingletonSupplier.of(() -> offered.orderedStream().toList());
        this.shop = shop;
        this.ways = ways;
    }

    Composed compose(Template template, Customer customer, Map<String, Object> given, @Nullable String subject) {
        return compose(template, customer, senders.standard(), given, subject);
    }

    /** Whoever composes many looks the sender up once. */
    Composed compose(Template template, Customer customer, Sender sender, Map<String, Object> given, @Nullable String subject) {
        var wanted = subject == null ? template : template.withSubject(subject);
        var data = needed(wanted, customer, sender, given);
        return new Composed(again(wanted, data, sender), data);
    }

    /** What was composed before, from the data it was composed of. */
    MessageContent again(Template template, Map<String, Object> data, Sender sender) {
        String unsubscribe = data.get("links") instanceof Map<?, ?> links ? String.valueOf(links.get("unsubscribe")) : "";
        return content(template, data, headers(template, ways.header(unsubscribe), sender));
    }

    /** For a test: whoever gets it isn't the customer, and must not be able to unsubscribe them. */
    MessageContent composeWithoutLinks(Template template, Customer customer, Map<String, Object> given) {
        var data = needed(template, customer, senders.standard(), given);
        data.put("links", noLinks());
        return content(template, data, Map.of());
    }

    private Map<String, Object> needed(Template template, Customer customer, Sender sender, Map<String, Object> given) {
        var needs = templates.needs(template);
        var data = data(template, customer, sender, given, needs.names()::contains);
        if (!needs.segments().isEmpty()) {
            data.put("segments", needs.segments().stream().collect(Collectors.toMap(Function.identity(), key -> segments.exists(key) && segments.isMember(key, customer.id()))));
        }
        return data;
    }

    private Map<String, Object> noLinks() {
        return Map.of("unsubscribe", "#unsubscribe", "preferences", "#preferences", "home", shop.get());
    }

    /** @param wanted names of what the template takes; the rest isn't looked up */
    Map<String, Object> data(Template template, Customer customer, Map<String, Object> given, Predicate<String> wanted) {
        return data(template, customer, senders.standard(), given, wanted);
    }

    private Map<String, Object> data(Template template, Customer customer, Sender sender, Map<String, Object> given, Predicate<String> wanted) {
        var data = new LinkedHashMap<String, Object>(given);
        offered.obtain().stream().filter(source -> wanted.test(source.name())).forEach(source -> {
            var found = source.of(customer.id(), given);
            if (found != null) {
                data.put(source.name(), found);
            }
        });
        data.put("customer", person(customer));
        data.put("links", Map.of("unsubscribe", consents.unsubscribeUrl(customer.id(), template.channel()), "preferences", consents.preferencesUrl(customer.id()), "home", shop.get()));
        addGeneral(data, template, sender);
        return data;
    }

    /** For a look at a template: like {@link #compose}, for somebody made up. */
    MessageContent rehearse(Template template, Map<String, Object> given) {
        return content(template, madeUp(template, given), Map.of());
    }

    Map<String, Object> madeUp(Template template, Map<String, Object> given) {
        var data = new LinkedHashMap<String, Object>(given);
        data.putIfAbsent("customer", Map.of("id", "sample", "firstName", "Marijke", "lastName", "de Boer", "email", "marijke@customer.example", "country", "NL",
                "timeZone", "Europe/Amsterdam", "attributes", Map.of()));
        data.put("links", noLinks());
        addGeneral(data, template, senders.standard());
        return data;
    }

    private static void addGeneral(Map<String, Object> data, Template template, Sender sender) {
        data.put("sender", Map.of("name", sender.name(), "address", sender.postalAddress(), "email", sender.fromAddress()));
        data.put("message", Map.of("type", template.type(), "category", template.category(), "marketing", template.type().equals("marketing")));
    }

    private MessageContent content(Template template, Map<String, Object> data, Map<String, String> headers) {
        var rendered = templates.render(template, data);
        return new MessageContent(rendered.subject(), rendered.preheader(), rendered.html(), rendered.text(), headers);
    }

    private static Map<String, Object> person(Customer customer) {
        var person = new LinkedHashMap<String, Object>();
        person.put("id", customer.externalId());
        person.put("firstName", customer.firstName());
        person.put("lastName", customer.lastName());
        person.put("email", customer.email());
        person.put("country", customer.country());
        person.put("timeZone", customer.timeZone() == null ? null : customer.timeZone().getId());
        person.put("attributes", customer.attributes());
        return person;
    }

    /** RFC 8058: a mail program offers one click. Marketing only; who ordered can't unsubscribe from the confirmation. */
    private static Map<String, String> headers(Template template, String unsubscribe, Sender sender) {
        if (template.channel() != Channel.EMAIL) {
            return Map.of();
        }
        if (!template.type().equals("marketing")) {
            return Map.of("Auto-Submitted", WRITTEN_BY_A_PROGRAM);
        }
        return Map.of("Auto-Submitted", WRITTEN_BY_A_PROGRAM, "List-Unsubscribe", unsubscribe, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click",
                "List-Id", "<" + template.category().replaceAll("[^A-Za-z0-9-]", "-") + "." + sender.domain() + ">");
    }
}
