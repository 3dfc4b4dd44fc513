package dev.drover.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * A POST that carries {@code Idempotency-Key} is done once: the same key with the same body gets the first answer again, with another body 409.
 * Keys are kept for a week, per token and path. An answer of 500 and above isn't kept: the caller may try again.
 */
class IdempotencyFilter extends OncePerRequestFilter {

    private record Kept(byte[] fingerprint, @Nullable Integer status, @Nullable String contentType, byte @Nullable [] body) {}

    private final JdbcClient jdbc;

    IdempotencyFilter(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || request.getHeader("Idempotency-Key") == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        String key = request.getHeader("Idempotency-Key");
        if (key.isBlank() || key.length() > 200 || !(SecurityContextHolder.getContext().getAuthentication() instanceof BearerFilter.Bearer bearer)) {
            ProblemJson.write(response, HttpStatus.BAD_REQUEST, "Idempotency-Key has 1 to 200 characters.");
            return;
        }
        try (var once = RepeatableRequest.of(request)) {
            var call = new Call(bearer.tokenId(), request.getRequestURI(), key, once.fingerprint());
            if (begin(call)) {
                forward(call, once, response, chain);
            } else {
                repeat(call, response);
            }
        } catch (BodyLimitFilter.BodyTooLarge e) {
            ProblemJson.write(response, HttpStatus.CONTENT_TOO_LARGE, String.valueOf(e.getMessage()));
        }
    }

    private record Call(long token, String path, String key, byte[] fingerprint) {}

    private void forward(Call call, RepeatableRequest once, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        var answer = new ContentCachingResponseWrapper(response);
        boolean keep = false;
        try {
            chain.doFilter(once.request(), answer);
            keep = answer.getStatus() < 500;
        } finally {
            if (keep) {
                jdbc.sql("UPDATE idempotency_key SET status = ?, content_type = ?, body = ? WHERE token_id = ? AND path = ? AND key = ?")
                        .params(answer.getStatus(), answer.getContentType(), answer.getContentAsByteArray(), call.token(), call.path(), call.key()).update();
            } else {
                jdbc.sql("DELETE FROM idempotency_key WHERE token_id = ? AND path = ? AND key = ?").params(call.token(), call.path(), call.key()).update();
            }
            answer.copyBodyToResponse();
        }
    }

    /** A call that never came to an end (the server was killed) frees its key after five minutes. */
    private boolean begin(Call call) {
        jdbc.sql("DELETE FROM idempotency_key WHERE created_at < now() - interval '7 days'").update();
        return jdbc.sql("""
                INSERT INTO idempotency_key (token_id, path, key, fingerprint) VALUES (?, ?, ?, ?)
                ON CONFLICT (token_id, path, key) DO UPDATE SET created_at = now(), fingerprint = excluded.fingerprint
                 WHERE idempotency_key.status IS NULL AND idempotency_key.created_at < now() - interval '5 minutes'""")
                .params(call.token(), call.path(), call.key(), call.fingerprint()).update() == 1;
    }

    private void repeat(Call call, HttpServletResponse response) throws IOException {
        Kept kept = jdbc.sql("SELECT fingerprint, status, content_type, body FROM idempotency_key WHERE token_id = ? AND path = ? AND key = ?")
                .params(call.token(), call.path(), call.key())
                .query((row, n) -> new Kept(row.getBytes(1), row.getObject(2, Integer.class), row.getString(3), row.getBytes(4))).optional().orElse(null);
        if (kept != null && !MessageDigest.isEqual(kept.fingerprint(), call.fingerprint())) {
            ProblemJson.write(response, HttpStatus.CONFLICT, "This Idempotency-Key was used with another body.");
        } else if (kept == null || kept.status() == null) {
            response.setHeader("Retry-After", "1");
            ProblemJson.write(response, HttpStatus.CONFLICT, "The first call with this Idempotency-Key is still at work. Ask again in a moment.");
        } else {
            response.setStatus(kept.status());
            response.setHeader("Idempotency-Replayed", "true");
            if (kept.contentType() != null) {
                response.setContentType(kept.contentType());
            }
            if (kept.body() != null) {
                response.getOutputStream().write(kept.body());
            }
        }
    }
}
