package dev.drover.delivery.throughput;

import dev.drover.delivery.throughput.Standing.Pause;
import dev.drover.kernel.Checks;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/providers")
class ProviderApi {

    /** @param paused everything; {@code null}: it isn't */
    record Providers(List<ProviderView> items, @Nullable String next, @Nullable Pause paused) {}

    private final ProviderViews views;
    private final Controls controls;

    ProviderApi(ProviderViews views, Controls controls) {
        this.views = views;
        this.controls = controls;
    }

    @GetMapping
    Providers list() {
        var all = views.all();
        return new Providers(all, null, controls.snapshot().pause());
    }

    @PutMapping("/{name}")
    ProviderView put(@PathVariable String name, @RequestBody Wanted wanted) {
        var checks = new Checks();
        var settings = wanted.checked(views.line(name), checks);
        checks.orThrow();
        controls.save(name, Objects.requireNonNull(settings));
        return views.one(name);
    }

    @PostMapping("/{name}/pause")
    ProviderView pause(@PathVariable String name) {
        controls.pause(views.line(name).name());
        return views.one(name);
    }

    @PostMapping("/{name}/resume")
    ProviderView resume(@PathVariable String name) {
        controls.resume(views.line(name).name());
        return views.one(name);
    }

    @PostMapping("/{name}/try")
    ProviderView tryNow(@PathVariable String name) {
        controls.tryNow(views.line(name).name());
        return views.one(name);
    }

    @PostMapping("/pause")
    Providers pauseAll() {
        controls.pauseAll();
        return list();
    }

    @PostMapping("/resume")
    Providers resumeAll() {
        controls.resumeAll();
        return list();
    }
}
