package dev.drover.web;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Who may log in, and as what: an admin may do everything, a marketer and an analyst their part. */
@Component
class People implements UserDetailsService {

    record Person(long id, String name, String role, boolean active) {}

    private final JdbcClient jdbc;
    private final PasswordEncoder passwords;
    private final PlatformClock clock;

    People(JdbcClient jdbc, PasswordEncoder passwords, PlatformClock clock) {
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.clock = clock;
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        return jdbc.sql("SELECT name, password_hash, role, active FROM app_user WHERE name = ?").param(name.replace("\0", ""))
                .query((row, n) -> User.withUsername(row.getString("name")).password(row.getString("password_hash")).disabled(!row.getBoolean("active"))
                        .roles(row.getString("role").equals("ADMIN") ? new String[] {"ADMIN", "MARKETER", "ANALYST"} : new String[] {row.getString("role")}).build())
                .optional().orElseThrow(() -> new UsernameNotFoundException(name));
    }

    /** Of several instances that start at once on an empty database, the first one's password stands. */
    boolean addFirst(String name, String password) {
        return jdbc.sql("INSERT INTO app_user (name, password_hash, role, created_at) VALUES (?, ?, 'ADMIN', ?) ON CONFLICT DO NOTHING")
                .params(name, passwords.encode(password), Timestamp.from(clock.instant())).update() == 1;
    }

    boolean nobody() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM app_user)").query(Boolean.class).single();
    }

    List<Person> all() {
        return jdbc.sql("SELECT id, name, role, active FROM app_user ORDER BY name").query(Person.class).list();
    }

    void add(String name, String password, String role) {
        try {
            jdbc.sql("INSERT INTO app_user (name, password_hash, role, created_at) VALUES (?, ?, ?, ?)")
                    .params(name, passwords.encode(checked(password)), role, Timestamp.from(clock.instant())).update();
        } catch (DuplicateKeyException taken) {
            throw Problem.invalid("name", "There is somebody called '%s' already.".formatted(name));
        }
    }

    void changePassword(String name, String former, String password) {
        String hash = jdbc.sql("SELECT password_hash FROM app_user WHERE name = ?").param(name).query(String.class).single();
        if (!passwords.matches(former, hash)) {
            throw Problem.invalid("former", "The present password is another one.");
        }
        jdbc.sql("UPDATE app_user SET password_hash = ? WHERE name = ?").params(passwords.encode(checked(password)), name).update();
    }

    /** @return the person's name */
    String setActive(long id, boolean active, String by) {
        return jdbc.sql("UPDATE app_user SET active = ? WHERE id = ? AND name <> ? RETURNING name").params(active, id, by).query(String.class).optional()
                .orElseThrow(() -> Problem.rejected("Nobody can shut themselves out; somebody else has to."));
    }

    private static String checked(String password) {
        if (password.length() < 8 || password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 72) {
            throw Problem.invalid("password", "A password has 8 to 72 characters.");
        }
        return password;
    }
}
