package dev.drover.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses a body that is too large before it fills the memory: by its announced length, or while it is read. Files (multipart) have a limit of their own. */
class BodyLimitFilter extends OncePerRequestFilter {

    /** Comes out of reading the request's body. */
    static class BodyTooLarge extends IOException {
        BodyTooLarge(long most) {
            super(words(most));
        }
    }

    private final long maxBody;
    private final long maxBatch;

    BodyLimitFilter(WebSettings settings) {
        this.maxBody = settings.maxBody().toBytes();
        this.maxBatch = settings.maxBatch().toBytes();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        String type = request.getContentType() == null ? "" : request.getContentType();
        if (type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE)) {
            chain.doFilter(request, response);
            return;
        }
        long most = type.startsWith("application/x-ndjson") ? maxBatch : maxBody;
        if (request.getContentLengthLong() > most) {
            ProblemJson.write(response, HttpStatus.CONTENT_TOO_LARGE, words(most));
        } else {
            chain.doFilter(request.getContentLengthLong() < 0 ? new Counted(request, most) : request, response);
        }
    }

    private static String words(long most) {
        return "The body is larger than %d MB. Send it in parts, or as NDJSON lines where the call takes them.".formatted(most >> 20);
    }

    private static final class Counted extends HttpServletRequestWrapper {

        private final long most;

        Counted(HttpServletRequest request, long most) {
            super(request);
            this.most = most;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream body = super.getInputStream();
            return new ServletInputStream() {
                private long read;

                @Override
                public int read() throws IOException {
                    int one = body.read();
                    count(one < 0 ? 0 : 1);
                    return one;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int some = body.read(into, offset, length);
                    count(Math.max(some, 0));
                    return some;
                }

                private void count(int bytes) throws BodyTooLarge {
                    read += bytes;
                    if (read > most) {
                        throw new BodyTooLarge(most);
                    }
                }

                @Override
                public boolean isFinished() {
                    return body.isFinished();
                }

                @Override
                public boolean isReady() {
                    return body.isReady();
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    body.setReadListener(listener);
                }
            };
        }
    }
}
