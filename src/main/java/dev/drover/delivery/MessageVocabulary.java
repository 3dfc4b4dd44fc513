package dev.drover.delivery;

import dev.drover.segment.Segments;
import dev.drover.template.MergeTag;
import dev.drover.template.TemplateVocabulary;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What every message knows, whoever asked for it, and what journeys usually give. */
@Component
@Order(1)
class MessageVocabulary implements TemplateVocabulary {

    private static final List<MergeTag> TAGS = List.of(
            new MergeTag("customer.firstName", "First name"), new MergeTag("customer.lastName", "Last name"), new MergeTag("customer.email", "E-mail address"),
            new MergeTag("customer.country", "Country, two letters"), new MergeTag("customer.timeZone", "Time zone"), new MergeTag("customer.id", "Your shop’s id of them"),
            new MergeTag("links.unsubscribe", "Ends these messages at one click"), new MergeTag("links.preferences", "Their own page of choices"), new MergeTag("links.home", "Your shop"),
            new MergeTag("sender.name", "Whose message it is"), new MergeTag("sender.address", "Postal address, for the foot of a mail"), new MergeTag("sender.email", "From this address"),
            new MergeTag("message.type", "Marketing, transactional …"), new MergeTag("message.category", "Of the page of choices"), new MergeTag("message.marketing", "Whether it is marketing, for {{#if}}"),
            new MergeTag("subject", "This mail’s subject"), new MergeTag("preheader", "This mail’s preheader"),
            new MergeTag("discountCode", "A code that works once"), new MergeTag("discountExpiresAt", "Until when it does"),
            new MergeTag("orderId", "The order’s number"), new MergeTag("total", "What the order comes to"), new MergeTag("currency", "In which currency"),
            new MergeTag("decision", "What the step “decide” answered"), new MergeTag("variant", "What the step “split” answered"),
            new MergeTag("confirmUrl", "Where somebody confirms what they asked for"), new MergeTag("expiresAt", "Until when they can"));

    private final Segments segments;

    MessageVocabulary(Segments segments) {
        this.segments = segments;
    }

    @Override
    public List<MergeTag> tags() {
        return TAGS;
    }

    @Override
    public boolean knowsSegment(String key) {
        return segments.exists(key);
    }
}
