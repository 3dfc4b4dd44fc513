package dev.drover.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Recognises {@code Authorization: Bearer TOKEN}. An unknown token is the same as none. */
class BearerFilter extends OncePerRequestFilter {

    private final ApiTokens tokens;

    BearerFilter(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            tokens.find(header.substring(7).trim()).ifPresent(token -> {
                var context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(new Bearer(token));
                SecurityContextHolder.setContext(context);
            });
        }
        chain.doFilter(request, response);
    }

    /** A program that showed a valid token; its authorities are the token's scopes. */
    static class Bearer extends AbstractAuthenticationToken {

        private final transient ApiTokens.ApiToken token;

        Bearer(ApiTokens.ApiToken token) {
            super(token.scopes().stream().map(SimpleGrantedAuthority::new).toList());
            this.token = token;
            setAuthenticated(true);
        }

        long tokenId() {
            return token.id();
        }

        boolean may(String scope) {
            return token.scopes().contains(ApiTokens.EVERYTHING) || token.scopes().contains(scope);
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return "token " + token.name();
        }
    }
}
