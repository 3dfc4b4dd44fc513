package dev.drover.delivery;

import dev.drover.kernel.Channel;
import java.util.Arrays;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Part of the customer's page: whether marketing would reach them now, by each channel, and if not, why not. */
@Controller
class ReachPages {

    record Reach(String channel, Eligibility.Decision decision) {}

    private final Deliveries deliveries;

    ReachPages(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @GetMapping("/customers/{externalId}/reach")
    String reach(@PathVariable String externalId, Model model) {
        model.addAttribute("reach", Arrays.stream(Channel.values())
                .map(channel -> new Reach(channel.key(), deliveries.rehearse(externalId, channel, "marketing", "newsletter", "campaign"))).toList());
        return "delivery/reach :: reach";
    }
}
