package dev.drover.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.header.HeaderWriter;

/**
 * Nothing from foreign hosts, no inline script. A page that sets a stricter policy of its own (a captured message in its frame) keeps it.
 * Diagrams, the modeler, the mails' designer and the API's page position things by styles: these, and nothing else, are let in there.
 */
class ContentPolicy implements HeaderWriter {

    static final String HEADER = "Content-Security-Policy";
    private static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self'%s; img-src 'self' data:; font-src 'self' data:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (response.containsHeader(HEADER)) {
            return;
        }
        String path = request.getRequestURI();
        String styles = path.startsWith("/swagger-ui") || designs(path) ? " 'unsafe-inline'" : path.startsWith("/journeys/") ? "; style-src-attr 'unsafe-inline'" : "";
        response.setHeader(HEADER, POLICY.formatted(styles));
    }

    private static boolean designs(String path) {
        return path.startsWith("/templates/") && path.endsWith("/design") || path.startsWith("/journeys/") && path.endsWith("/draw");
    }
}
