package dev.drover.campaign;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import dev.drover.segment.BuilderSuggestions;
import dev.drover.segment.Segments;
import dev.drover.segment.builder.FormView;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** What the wizard's conditions begin with, and what is wrong with them as they are put together. */
@Controller("campaignConditionPages")
@RequestMapping("/campaigns")
class ConditionPages {

    record Form(@Nullable Object conditions) {}

    /** @param words empty: they can't be told yet */
    record Look(String words, List<Problem.FieldError> errors) {}

    private final Segments segments;
    private final BuilderSuggestions suggestions;

    ConditionPages(Segments segments, BuilderSuggestions suggestions) {
        this.segments = segments;
        this.suggestions = suggestions;
    }

    @PostMapping("/conditions")
    @ResponseBody
    Look look(@RequestBody Form form) {
        var checks = new Checks();
        var read = AudienceCondition.read(form.conditions(), checks, segments.keys());
        return new Look(read.map(AudienceCondition::words).orElse(""), checks.errors());
    }

    /** @param conditions as they are kept; {@code null}: none */
    String data(@Nullable Object conditions) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("fields", FormView.fields());
        data.put("suggestions", suggestions.all());
        data.put("criteria", AudienceCondition.known(conditions).map(known -> FormView.of(known.criteria())).orElse(null));
        return Json.write(data);
    }
}
