package dev.drover.delivery.throughput;

import dev.drover.audience.Shown;
import dev.drover.delivery.throughput.Standing.Pause;
import dev.drover.web.Banner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Says on every page that messages are held up by hand, so that nobody wonders for long. */
@Component
class PauseBanner implements Banner {

    private final Controls controls;

    PauseBanner(Controls controls) {
        this.controls = controls;
    }

    @Override
    public List<Notice> now() {
        var snapshot = controls.snapshot();
        var notices = new ArrayList<Notice>();
        if (snapshot.pause() != null) {
            notices.add(notice("All sending is paused", snapshot.pause(), "Everything waits, order confirmations and passwords too."));
        } else {
            snapshot.standings().forEach((name, standing) -> {
                if (standing.pause() != null) {
                    notices.add(notice(KnownProvider.label(name) + " is paused", standing.pause(), ""));
                }
            });
        }
        return notices;
    }

    private static Notice notice(String what, Pause pause, String and) {
        return new Notice("%s since %s UTC, by %s. %s".formatted(what, Objects.requireNonNull(Shown.time(pause.at())).minute(), pause.by(), and).strip(), "/providers", "Providers");
    }
}
