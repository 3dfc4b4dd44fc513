package dev.drover.web;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Two doors: programs with a token and no session, people with a log-in and a session. */
@Configuration
@EnableConfigurationProperties(WebSettings.class)
class SecurityConfiguration {

    /** Reached from messages and by providers: the token in the path is the proof, and there is no session to ride on. */
    static final String[] TOKEN_PATHS = {"/t/**", "/p/**", "/u/**", "/r/**", "/hooks/**"};
    private static final String[] PUBLIC = {"/login", "/error", "/shop", "/shop/**", "/calendar/feed/*", "/actuator/health", "/actuator/health/**",
            "/webjars/**", "/vendor/**", "/*.css", "/*.js", "/*.svg", "/*/*.css", "/*/*.js", "/*/*.svg", "/*/*.png", "/*/*.woff2", "/favicon.ico"};

    @Bean
    @Order(1)
    SecurityFilterChain doorForPrograms(HttpSecurity http, ApiTokens tokens, JdbcClient jdbc, WebSettings settings) {
        return http.securityMatcher("/api/**", "/actuator/prometheus")
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterAfter(new BearerFilter(tokens), LogoutFilter.class)
                .authorizeHttpRequests(requests -> requests
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC).permitAll()
                        .anyRequest().access((authentication, context) -> new AuthorizationDecision(
                                authentication.get() instanceof BearerFilter.Bearer bearer && bearer.may(Scope.of(context.getRequest())))))
                .addFilterAfter(new IdempotencyFilter(jdbc), AuthorizationFilter.class)
                .addFilterBefore(new BodyLimitFilter(settings), IdempotencyFilter.class)
                .exceptionHandling(refused -> refused
                        .authenticationEntryPoint((request, response, e) -> {
                            response.setHeader("WWW-Authenticate", "Bearer");
                            ProblemJson.write(response, HttpStatus.UNAUTHORIZED, "Send a valid token: Authorization: Bearer TOKEN.");
                        })
                        .accessDeniedHandler((request, response, e) -> ProblemJson.write(response, HttpStatus.FORBIDDEN,
                                "The token lacks the scope '" + Scope.of(request) + "'.")))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain doorForPeople(HttpSecurity http, ApiTokens tokens, LogInLimit limit, SessionRegistry sessions) {
        return http
                .csrf(csrf -> csrf.ignoringRequestMatchers(TOKEN_PATHS))
                .authorizeHttpRequests(requests -> requests
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC).permitAll()
                        .requestMatchers(TOKEN_PATHS).permitAll()
                        .requestMatchers(PUBLIC).permitAll()
                        // Trying is for everybody; what decides is for analysts.
                        .requestMatchers(HttpMethod.POST, "/rules/check", "/rules/try", "/rules/try-message", "/rules/try-content", "/rules/impact", "/rules/impact/**").authenticated()
                        .requestMatchers(HttpMethod.POST, "/rules/**").hasAnyRole("ADMIN", "ANALYST")
                        // What can't be undone.
                        .requestMatchers("/customers/*/erase").hasRole("ADMIN")
                        .requestMatchers("/settings/tokens/**", "/settings/people/**", "/audit").hasRole("ADMIN")
                        .anyRequest().authenticated())
                .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/").failureHandler(limit))
                .logout(logout -> logout.logoutSuccessUrl("/login?bye"))
                // As many as one likes; counted so that they can be ended when somebody is shut out.
                .sessionManagement(management -> management.maximumSessions(-1).sessionRegistry(sessions).expiredUrl("/login"))
                // The OpenAPI document is for programs, too.
                .addFilterBefore(new BearerFilter(tokens), UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(limit, UsernamePasswordAuthenticationFilter.class)
                .headers(headers -> headers
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .frameOptions(frames -> frames.sameOrigin())
                        .addHeaderWriter(new ContentPolicy()))
                .build();
    }

    /** A span and a timer for each filter of each request would cost as much as all else that a small call does; the request as a whole is still measured. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SessionRegistry sessionRegistry() {
        return new SessionRegistryImpl();
    }

    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }
}
