package dev.drover.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What a token must be allowed to do for a call: {@code customers:read}, {@code orders:write}, {@code metrics:read}, … derived from method and path. The calendar shows
 * campaigns, and goes by their scope.
 */
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
        String area = slash < 0 ? rest : rest.substring(0, slash);
        return (area.equals("calendar") ? "campaigns" : area) + (read ? ":read" : ":write");
    }
}
