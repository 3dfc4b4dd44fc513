package dev.drover.web;

import dev.drover.kernel.BaseUrl;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.event.EventListener;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Makes the first admin and the operator's token, and tells in one line where to go once everything is ready. */
@Component
class FirstStart implements InitializingBean {

    private static final Logger log = LoggerFactory.getLogger("Drover");
    // No 0, O, 1, l: it is read off a screen.
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private final WebSettings settings;
    private final People people;
    private final ApiTokens tokens;
    private final SecureRandom random;
    private final BaseUrl baseUrl;
    private final HealthEndpoint health;
    private @Nullable String generated;

    FirstStart(WebSettings settings, People people, ApiTokens tokens, SecureRandom random, BaseUrl baseUrl, HealthEndpoint health) {
        this.settings = settings;
        this.people = people;
        this.tokens = tokens;
        this.random = random;
        this.baseUrl = baseUrl;
        this.health = health;
    }

    @Override
    public void afterPropertiesSet() {
        if (people.nobody()) {
            String password = settings.adminPassword() == null ? password() : settings.adminPassword();
            generated = people.addFirst("admin", password) && settings.adminPassword() == null ? password : null;
        }
        if (settings.apiToken() != null) {
            tokens.fromEnvironment(settings.apiToken());
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void tellWhenReady() {
        Thread.ofVirtual().name("ready-line").start(() -> {
            try {
                while (!Status.UP.equals(health.healthForPath("readiness").getStatus())) {
                    Thread.sleep(200);
                }
                log.info("Drover is ready: {}  user admin  password {}", baseUrl.of(""), words());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private String words() {
        if (generated != null) {
            return generated + " (shown once: note it)";
        }
        return settings.adminPassword() == null ? "as noted at the first start" : "as in DROVER_ADMIN_PASSWORD at the first start";
    }

    private String password() {
        var password = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            password.append(i > 0 && i % 4 == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }
}
