package dev.drover.web;

import jakarta.servlet.http.HttpServletRequest;

/** What a token must be allowed to do for a call: {@code customers:read}, {@code orders:write}, {@code metrics:read}, … derived from method and path. */
final class Scope {

    private static final String API = "/api/v1/";

    private Scope() {}

    static String of(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (!path.startsWith(API)) {
            return "metrics:read";
        }
        String rest = path.substring(API.length());
        int slash = rest.indexOf('/');
        boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return (slash < 0 ? rest : rest.substring(0, slash)) + (read ? ":read" : ":write");
    }
}
