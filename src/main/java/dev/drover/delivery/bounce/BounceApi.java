package dev.drover.delivery.bounce;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/v1/bounces")
class BounceApi {

    /** @param bounceType {@code hard}, {@code soft}, {@code complaint} or {@code none} */
    record Recipient(String address, @Nullable String status, @Nullable String replyCode, String reason, String bounceType) {}

    /** @param recipients none where the mail is no bounce */
    record Told(List<Recipient> recipients) {}

    private final ReturnedPost post;

    BounceApi(ReturnedPost post) {
        this.post = post;
    }

    @PostMapping(consumes = "message/rfc822")
    Told take(@RequestBody byte[] raw) {
        try {
            return new Told(post.take(raw).recipients().stream()
                    .map(one -> new Recipient(one.address(), one.status(), one.replyCode(), one.reason().key(), one.type().key())).toList());
        } catch (BounceReader.Unreadable e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
    }
}
