package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Problem;
import dev.drover.template.TemplateDraft;
import dev.drover.template.Templates;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** What the templates' pages ask of delivery: how a text reads for a customer, saved or not, and what it may take from the data. */
@Controller
@RequestMapping("/templates")
class TemplateDesk {

    /** @param customer id or address; {@code null} or empty: somebody made up */
    record Asked(@Nullable TemplateDraft draft, @Nullable String customer) {}

    /**
     * @param bytes   of the HTML as it would leave
     * @param text    as it would be sent, made from the HTML where the author wrote none
     * @param problem why it can't be shown; then nothing else is told
     */
    record Look(@Nullable String subject, @Nullable String preheader, boolean html, int bytes, @Nullable String text, @Nullable Segments segments, @Nullable String from,
            @Nullable String who, @Nullable String problem) {

        static Look of(@Nullable String problem) {
            return new Look(null, null, false, 0, null, null, null, null, problem);
        }
    }

    record Segments(String encoding, int units, int count) {}

    /** @param to the author's own address */
    record Wanted(@Nullable TemplateDraft draft, @Nullable String customer, @Nullable String to) {}

    /** @param url where to look at it; {@code null}: it didn't leave */
    record Tested(String words, @Nullable String url) {}

    record Person(String id, String name) {}

    private static final int SUGGESTED = 8;

    private final Templates templates;
    private final Previews previews;
    private final Senders senders;
    private final Customers customers;
    private final SampleValues samples;
    private final TestMessages tests;
    private final LinkAnswers links;

    TemplateDesk(Templates templates, Previews previews, Senders senders, Customers customers, SampleValues samples, TestMessages tests, LinkAnswers links) {
        this.templates = templates;
        this.previews = previews;
        this.senders = senders;
        this.customers = customers;
        this.samples = samples;
        this.tests = tests;
        this.links = links;
    }

    @PostMapping("/-/preview")
    @ResponseBody
    Look look(@RequestBody Asked asked) {
        try {
            var who = previews.whom(asked.customer());
            var template = templates.drafted(Objects.requireNonNull(asked.draft()));
            var content = previews.of(template, who.map(Customer::externalId).orElse(null), Map.of());
            var counted = template.channel() == Channel.SMS ? SmsSegments.of(content.text()) : null;
            return new Look(content.subject(), content.preheader(), content.html() != null, content.html() == null ? 0 : content.html().getBytes(StandardCharsets.UTF_8).length,
                    content.text(), counted == null ? null : new Segments(counted.encoding() == SmsSegments.Encoding.GSM_7 ? "GSM-7" : "UCS-2", counted.units(), counted.count()),
                    senders.standard().name(), who.map(TemplateDesk::name).orElse(null), null);
        } catch (Problem problem) {
            return Look.of(problem.getMessage());
        }
    }

    /** The mail alone, for a frame. */
    @PostMapping("/-/document")
    ResponseEntity<String> document(@ModelAttribute TemplateDraft draft, @RequestParam(defaultValue = "") String customer, @RequestParam(defaultValue = "light") String scheme) {
        var content = previews.of(templates.drafted(draft), previews.whom(customer).map(Customer::externalId).orElse(null), Map.of());
        return MailDocument.of(MailDocument.inScheme(Objects.requireNonNullElse(content.html(), ""), scheme.equals("dark")));
    }

    @GetMapping("/{key}/document")
    ResponseEntity<String> document(@PathVariable String key, @RequestParam @Nullable String customer) {
        return MailDocument.of(Objects.requireNonNullElse(previews.of(templates.require(key), customer, Map.of()).html(), ""));
    }

    @PostMapping("/-/test")
    @ResponseBody
    Tested test(@RequestBody Wanted wanted, Principal who) {
        try {
            var sent = tests.send(templates.drafted(Objects.requireNonNull(wanted.draft())), previews.whom(wanted.customer()).orElse(null), wanted.to(), who.getName());
            if (sent.problem() != null) {
                return new Tested("It didn’t leave: " + sent.problem(), "/messages/" + sent.id());
            }
            boolean kept = sent.provider().equals(CaptureProvider.NAME);
            return new Tested(kept ? "It is in the inbox here: nothing leaves this machine yet." : "It is on its way.", (kept ? "/inbox/" : "/messages/") + sent.id());
        } catch (Problem problem) {
            return new Tested(String.valueOf(problem.getMessage()), null);
        }
    }

    @GetMapping("/-/people")
    @ResponseBody
    List<Person> people(@RequestParam String customer) {
        return customer.isBlank() ? List.of() : customers.list(customer, null, SUGGESTED).items().stream().map(one -> new Person(one.externalId(), name(one))).toList();
    }

    /** Asks where the links lead, as they are for this customer. */
    @PostMapping("/-/links")
    @ResponseBody
    LinkAnswers.All links(@RequestBody Asked asked) {
        var template = templates.drafted(Objects.requireNonNull(asked.draft()));
        return links.of(previews.of(template, previews.whom(asked.customer()).map(Customer::externalId).orElse(null), Map.of()));
    }

    /** What templates can take, with what it would be for this customer. */
    @GetMapping("/-/tags")
    @ResponseBody
    List<SampleValues.Group> tags(@RequestParam(defaultValue = "") String customer, @RequestParam(defaultValue = "email") String channel) {
        return samples.of(previews.whom(customer).orElse(null), Channel.of(channel));
    }

    private static String name(Customer customer) {
        String name = Stream.of(customer.firstName(), customer.lastName()).filter(part -> part != null && !part.isBlank()).collect(Collectors.joining(" "));
        return !name.isEmpty() ? name : customer.email() != null ? customer.email() : customer.externalId();
    }
}
