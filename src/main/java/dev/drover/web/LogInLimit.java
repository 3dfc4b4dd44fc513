package dev.drover.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * After five wrong passwords for one name from one address, no more are tried from there for five minutes; nor after thirty from one
 * address for any name (an office shares one), nor after fifty for one name from anywhere. Counted per instance and in real time: skipping
 * ahead in the demo is no way around it.
 */
@Component
class LogInLimit extends OncePerRequestFilter implements AuthenticationFailureHandler {

    private static final long PAUSE_NANOS = 5 * 60 * 1_000_000_000L;
    private static final int FOR_NAME_FROM_ADDRESS = 5;
    private static final int FROM_ADDRESS = 30;
    private static final int FOR_NAME = 50;
    private static final int REMEMBERED = 10_000;

    private record Failures(int count, long last) {}

    private final Map<String, Failures> failures = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        if (isLogIn(request) && (reached(both(request), FOR_NAME_FROM_ADDRESS) || reached(address(request), FROM_ADDRESS)
                || reached(name(request), FOR_NAME))) {
            response.sendRedirect(request.getContextPath() + "/login?wait");
            return;
        }
        chain.doFilter(request, response);
    }

    @Override
    public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response, AuthenticationException e) throws IOException {
        count(both(request));
        count(address(request));
        count(name(request));
        response.sendRedirect(request.getContextPath() + "/login?error");
    }

    private static boolean isLogIn(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().equals(request.getContextPath() + "/login");
    }

    private synchronized boolean reached(String who, int most) {
        Failures known = failures.get(who);
        if (known != null && System.nanoTime() - known.last() > PAUSE_NANOS) {
            failures.remove(who);
            return false;
        }
        return known != null && known.count() >= most;
    }

    private synchronized void count(String who) {
        Failures known = failures.remove(who);
        failures.put(who, new Failures(known == null ? 1 : known.count() + 1, System.nanoTime()));
    }

    private static String both(HttpServletRequest request) {
        return address(request) + ", " + name(request);
    }

    private static String address(HttpServletRequest request) {
        return "address " + request.getRemoteAddr();
    }

    private static String name(HttpServletRequest request) {
        String name = request.getParameter("username");
        return "name " + (name == null ? "" : name.substring(0, Math.min(name.length(), 100)));
    }

    /** It belongs into the chain of the people's door, nowhere else. */
    @Configuration
    static class NotForEveryRequest {

        @Bean
        FilterRegistrationBean<LogInLimit> logInLimitOutside(LogInLimit limit) {
            var registration = new FilterRegistrationBean<>(limit);
            registration.setEnabled(false);
            return registration;
        }
    }
}
