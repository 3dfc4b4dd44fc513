package dev.drover.campaign;

import dev.drover.audience.Customers;
import dev.drover.campaign.Campaign.Type;
import dev.drover.campaign.CampaignState.Move;
import dev.drover.campaign.Runs.Run;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.segment.Segments;
import dev.drover.web.AuditLog;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people write of campaigns, as a whole or a step of the wizard at a time, until the {@link CampaignDesk} plans them. */
@Component
class CampaignDrafts {

    private static final int MOST_LISTED = 100_000;

    private final Campaigns campaigns;
    private final Runs runs;
    private final Sendable sendable;
    private final Customers customers;
    private final Segments segments;
    private final AuditLog audit;
    private final PlatformClock clock;

    CampaignDrafts(Campaigns campaigns, Runs runs, Sendable sendable, Customers customers, Segments segments, AuditLog audit, PlatformClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.sendable = sendable;
        this.customers = customers;
        this.segments = segments;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    Campaign create(CampaignInput input, String author) {
        var draft = input.check(clock.instant(), segments.all());
        sendable.known(draft);
        var listed = listed(input);
        var made = campaigns.create(draft, author);
        campaigns.list(made.id(), listed);
        audit.record("campaign.created", Long.toString(made.id()), Map.of("name", made.name()));
        return made;
    }

    /** The campaign as a whole; its own list stays unless another is given. */
    @Transactional
    Campaign change(long id, CampaignInput input) {
        var before = campaigns.locked(id);
        before.status().mustAllow(Move.CHANGE, before.name());
        var draft = input.check(clock.instant(), segments.all());
        sendable.known(draft);
        if (input.customers() == null) {
            draft = new Draft(draft.name(), draft.description(), draft.type(), draft.scheduledAt(),
                    draft.audience().listed(before.audience().listed()), draft.content(), draft.settings(), draft.experiment());
        } else {
            campaigns.list(id, listed(input));
        }
        return campaigns.change(id, draft);
    }

    /** A draft as it is being put together: a step of it, the rest stays. */
    @Transactional
    Campaign keep(long id, String step, WizardForm form) {
        var before = campaigns.locked(id);
        before.status().mustAllow(Move.CHANGE, before.name());
        var draft = form.onto(step, before).check(clock.instant(), step.equals("audience") ? segments.all() : null);
        boolean listed = before.audience().listed();
        if (step.equals("audience")) {
            var names = form.listed();
            if (names != null) {
                campaigns.list(id, numbers(names));
                listed = !names.isEmpty();
            }
            if (draft.type() == Type.TRIGGERED) {
                listed = false;
            } else if (CampaignInput.blank(form.to()) == null) {
                throw Problem.invalid("segments", "Choose whom it goes to.");
            } else if (form.to().equals(WizardForm.LIST_ONLY) && !listed) {
                throw Problem.invalid("customers", "The list is empty: write an id or an address in each line.");
            } else {
                listed &= !form.to().equals(WizardForm.EVERYBODY) && !form.to().equals(WizardForm.BY_ITSELF);
            }
        }
        // The end of a drip or triggered one is said where its journey is, and nowhere else.
        var settings = step.equals("content") || draft.type() != before.type() ? draft.settings() : draft.settings().from(before.settings().source());
        return campaigns.change(id, new Draft(draft.name(), draft.description(), draft.type(), before.scheduledAt(),
                draft.audience().listed(listed), draft.content(), settings, draft.experiment()));
    }

    /** One that says nothing yet, under a name of its own. */
    @Transactional
    Campaign begin(String author) {
        var draft = new Draft(free("New campaign", " "), null, Type.ONE_TIME, null, Campaign.Audience.EVERYBODY, Campaign.Content.NONE, Campaign.Settings.USUAL, null);
        return campaigns.create(draft, author);
    }

    /** Whether somebody has said anything of it. */
    boolean touched(Campaign campaign) {
        return campaign.updatedAt().isAfter(campaign.createdAt());
    }

    /** Its own list, a line each. */
    String names(long id) {
        return String.join("\n", campaigns.names(id));
    }

    private String free(String name, String before) {
        var taken = campaigns.names();
        String tried = name;
        for (int n = 2; taken.contains(tried.toLowerCase(Locale.ROOT)); n++) {
            tried = name + before + n;
        }
        return tried;
    }

    private List<Long> listed(CampaignInput input) {
        return input.customers() == null ? List.of() : numbers(input.customers());
    }

    private List<Long> numbers(List<String> names) {
        if (names.size() > MOST_LISTED) {
            throw Problem.invalid("customers", "The list names %d: %d at most. Import them into a static segment instead.".formatted(names.size(), MOST_LISTED));
        }
        var found = new HashMap<>(customers.idsOf(names));
        var addresses = customers.idsByEmail(names.stream().filter(name -> !found.containsKey(name) && name.indexOf('@') > 0).toList());
        for (String name : names) {
            Long number = found.getOrDefault(name, addresses.get(name.toLowerCase(Locale.ROOT)));
            if (number == null) {
                throw Problem.invalid("customers", "There is no customer '%s', or several share that address. Import the customer first, or take the line out.".formatted(name));
            }
            found.put(name, number);
        }
        return found.values().stream().distinct().toList();
    }

    @Transactional
    Campaign copy(long id, @Nullable String name, String author) {
        var original = campaigns.require(id);
        String wanted = name == null || name.isBlank() ? free(original.name() + " (copy)", " ") : name.strip();
        var made = campaigns.create(Draft.of(original).named(wanted), author);
        campaigns.copyList(id, made.id());
        audit.record("campaign.created", Long.toString(made.id()), Map.of("name", made.name(), "copyOf", id));
        return made;
    }

    @Transactional
    void delete(long id) {
        var campaign = campaigns.locked(id);
        campaign.status().mustAllow(Move.DELETE, campaign.name());
        if (campaign.run() > 0 && runs.of(id).stream().anyMatch(Run::begun)) {
            throw Problem.conflict("Some of '%s' was sent once: it stays, so that its messages can be told from others. Cancel it instead.".formatted(campaign.name()));
        }
        campaigns.delete(id);
        audit.record("campaign.deleted", Long.toString(id), Map.of("name", campaign.name()));
    }
}
