package dev.drover.web;

import dev.drover.kernel.Sha256;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A request whose body was read once for its fingerprint and can be read again: from memory when it is small, else from a file. */
final class RepeatableRequest implements AutoCloseable {

    private static final int IN_MEMORY = 1 << 20;

    private final HttpServletRequest request;
    private final byte[] fingerprint;
    private final @Nullable Path file;

    private RepeatableRequest(HttpServletRequest request, byte[] fingerprint, @Nullable Path file) {
        this.request = request;
        this.fingerprint = fingerprint;
        this.file = file;
    }

    static RepeatableRequest of(HttpServletRequest request) throws IOException, ServletException {
        MessageDigest digest = Sha256.begin();
        digest.update(String.valueOf(request.getQueryString()).getBytes(StandardCharsets.UTF_8));
        if (String.valueOf(request.getContentType()).startsWith("multipart/form-data")) {
            return ofParts(request, digest);
        }
        var body = new DigestInputStream(request.getInputStream(), digest);
        byte[] start = body.readNBytes(IN_MEMORY);
        if (start.length < IN_MEMORY) {
            return new RepeatableRequest(new Replayed(request, new ByteArrayInputStream(start)), digest.digest(), null);
        }
        Path file = Files.createTempFile("drover-body", ".tmp");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(start);
            body.transferTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new RepeatableRequest(new Replayed(request, Files.newInputStream(file)), digest.digest(), file);
    }

    /** The server keeps the parts, and the controller gets these. A part's boundary differs each time, its content doesn't. */
    private static RepeatableRequest ofParts(HttpServletRequest request, MessageDigest digest) throws IOException, ServletException {
        for (Part part : request.getParts()) {
            digest.update((part.getName() + '\0' + part.getSubmittedFileName() + '\0').getBytes(StandardCharsets.UTF_8));
            try (InputStream content = new DigestInputStream(part.getInputStream(), digest)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
        return new RepeatableRequest(request, digest.digest(), null);
    }

    HttpServletRequest request() {
        return request;
    }

    byte[] fingerprint() {
        return fingerprint;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            request.getInputStream().close();
            Files.deleteIfExists(file);
        }
    }

    private static final class Replayed extends HttpServletRequestWrapper {

        private final ServletInputStream body;

        Replayed(HttpServletRequest request, InputStream content) {
            super(request);
            this.body = new ServletInputStream() {
                private boolean finished;

                @Override
                public int read() throws IOException {
                    int one = content.read();
                    finished |= one < 0;
                    return one;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int some = content.read(into, offset, length);
                    finished |= some < 0;
                    return some;
                }

                @Override
                public void close() throws IOException {
                    content.close();
                }

                @Override
                public boolean isFinished() {
                    return finished;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("Read it plainly");
                }
            };
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }
    }
}
