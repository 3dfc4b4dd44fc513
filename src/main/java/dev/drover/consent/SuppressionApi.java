package dev.drover.consent;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Addresses that nothing is sent to. */
@RestController
@RequestMapping("/api/v1/suppressions")
class SuppressionApi {

    record Added(@Nullable String channel, @Nullable String address, @Nullable String reason, @Nullable String note) {}

    record View(String channel, String address, String reason, String source, Instant since, boolean hashed, @Nullable String note) {

        static View of(Suppressions.Suppression one) {
            return new View(one.channel().key(), one.address(), one.reason(), one.source(), one.since(), one.hashed(), one.note());
        }
    }

    private final Suppressions suppressions;
    private final SuppressionList list;

    SuppressionApi(Suppressions suppressions, SuppressionList list) {
        this.suppressions = suppressions;
        this.list = list;
    }

    @GetMapping
    Page<View> list(@RequestParam @Nullable String search, @RequestParam @Nullable String channel, @RequestParam @Nullable String reason,
            @RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        var page = suppressions.list(search, channel, reason, after, Page.limit(limit, 100));
        return new Page<>(page.items().stream().map(View::of).toList(), page.next());
    }

    @GetMapping("/{channel}/{address}")
    View one(@PathVariable String channel, @PathVariable String address) {
        return suppressions.find(Channel.of(channel), address).map(View::of).orElseThrow(() -> Problem.notFound("This address isn't on the list."));
    }

    @PostMapping
    ResponseEntity<View> add(@RequestBody Added added) {
        boolean fresh = list.add(added.channel(), added.address(), added.reason(), added.note());
        return ResponseEntity.status(fresh ? 201 : 200).body(one(String.valueOf(added.channel()), String.valueOf(added.address())));
    }

    @PostMapping(path = "/import", consumes = "text/csv")
    SuppressionList.Imported importCsv(HttpServletRequest request) throws IOException {
        return list.importCsv(request.getInputStream());
    }

    @DeleteMapping("/{channel}/{address}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String channel, @PathVariable String address) {
        list.remove(Channel.of(channel), address);
    }
}
