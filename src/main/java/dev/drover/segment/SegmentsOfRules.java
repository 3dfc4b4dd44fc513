package dev.drover.segment;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Names the rules' segments before journeys are deployed, which may ask for them; who is in them is calculated later. */
@Component
@Order(11)
class SegmentsOfRules implements ApplicationRunner {

    private final SegmentCatalogue catalogue;

    SegmentsOfRules(SegmentCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        catalogue.followRules();
    }
}
