package dev.drover.delivery;

import dev.drover.DroverApplication;
import dev.drover.kernel.Channel;
import dev.drover.template.Templates.Template;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The application as a process of its own that sends one mailing to everybody, and tells how long that took. */
public final class MailingRun {

    private static final int BLOCK = 10_000;
    private static final int WARM = 20_000;

    private MailingRun() {}

    public static void main(String[] args) {
        try {
            run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run() throws Exception {
        int customers = Integer.getInteger("customers");
        var application = SpringApplication.run(DroverApplication.class);
        var jdbc = application.getBean(JdbcClient.class);
        // A day's quota is no part of what is measured.
        jdbc.sql("INSERT INTO provider_setting (provider, enabled, weight, per_day) VALUES ('smtp', true, 100, NULL) ON CONFLICT DO NOTHING").update();
        write(jdbc, WARM, "warm");
        send(application, jdbc, "warm", false);
        write(jdbc, customers, "all");
        jdbc.sql("VACUUM ANALYZE").update();
        System.gc();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        send(application, jdbc, "all", true);
        System.out.printf("  heap at most %,d MB%n", heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / 1_000_000);
    }

    private static void send(ConfigurableApplicationContext application, JdbcClient jdbc, String group, boolean told) throws InterruptedException {
        long begun = System.nanoTime();
        long worked = worked();
        long queued = queue(application.getBean(Mailings.class), jdbc, group, UUID.randomUUID().toString());
        double queuing = (System.nanoTime() - begun) / 1e9;
        do {
            Thread.sleep(100);
            // Asked as the indexes are made, or asking would be a good part of the work.
        } while (jdbc.sql("SELECT EXISTS (SELECT FROM message WHERE status IN ('queued', 'deferred')) OR EXISTS (SELECT FROM message WHERE status = 'sending')").query(Boolean.class).single());
        double seconds = (System.nanoTime() - begun) / 1e9;
        long sent = jdbc.sql("SELECT count(*) FROM message WHERE mailing_id = (SELECT max(id) FROM mailing) AND status = 'sent'").query(Long.class).single();
        if (sent != queued) {
            throw new IllegalStateException("%d of %d were sent: %s".formatted(sent, queued, jdbc.sql("SELECT status || ' ' || coalesce(reason, '') FROM message WHERE status <> 'sent' LIMIT 3")
                    .query(String.class).list()));
        }
        if (told) {
            System.out.printf("  %,d mails from the start to the last one taken and written down: %.1f s, %,.0f a second (all queued after %.1f s)%n", sent, seconds, sent / seconds, queuing);
            System.out.printf("  the application itself worked %.0f µs on one core for each%n", (worked() - worked) / 1e3 / sent);
        }
    }

    /** @return how many are new */
    static long queue(Mailings mailings, JdbcClient jdbc, String group, String key) {
        long mailing = mailings.open(key, template(), new MessageOrigin("campaign", "bench", null, null));
        long queued = 0;
        for (List<Long> block = block(jdbc, group, 0); !block.isEmpty(); block = block(jdbc, group, block.getLast())) {
            queued += mailings.queue(mailing, block);
        }
        return queued;
    }

    private static List<Long> block(JdbcClient jdbc, String group, long after) {
        return jdbc.sql("SELECT id FROM customer WHERE external_id LIKE ? AND id > ? ORDER BY id LIMIT ?").param(group + "-%").param(after).param(BLOCK).query(Long.class).list();
    }

    static void write(JdbcClient jdbc, int customers, String group) {
        jdbc.sql("""
                INSERT INTO customer (external_id, email, first_name, last_name, country, time_zone, attributes, created_at, updated_at)
                SELECT :group || '-' || n, :group || '-' || n || '@example.org', 'Sam', 'No ' || n, 'NL', :zone, '{"tier": "gold"}', now(), now()
                  FROM generate_series(1, :customers) AS n""")
                .param("zone", zone()).param("group", group).param("customers", customers).update();
        jdbc.sql("""
                INSERT INTO subscription_preference (customer_id, channel, granted, source, changed_at, basis_at)
                SELECT id, 'email', true, 'bench', now(), now() FROM customer WHERE external_id LIKE ?""").param(group + "-%").update();
    }

    /** Where it is noon, so that no quiet hours hold anything back. */
    private static String zone() {
        int ahead = 12 - java.time.OffsetDateTime.now(java.time.ZoneOffset.UTC).getHour();
        return ahead == 0 ? "UTC" : "Etc/GMT" + (ahead > 0 ? "-" : "+") + Math.abs(ahead);
    }

    /** 10 KB of HTML with a dozen links, and a text of its own. */
    private static Template template() {
        var html = new StringBuilder("<!doctype html><html><body><h1>Hello {{customer.firstName}} {{customer.lastName}}</h1>\n");
        for (int n = 0; html.length() < 9_600; n++) {
            html.append("<p style=\"margin:0 0 16px;font-family:Arial,sans-serif;font-size:16px;line-height:1.5\">Fresh from the café and the dairy, {{customer.firstName}}: cheese, butter and "
                    + "yoghurt of this week, brought to {{customer.country}}. ").append(n % 3 == 0 ? "<a href=\"{{links.home}}/p/" + n % 12 + "\">Have a look</a>" : "See you soon.").append("</p>\n");
        }
        html.append("<p>{{sender.address}}</p><p><a href=\"{{links.unsubscribe}}\">Unsubscribe</a></p></body></html>");
        return new Template("bench", "Bench", Channel.EMAIL, "marketing", "newsletter", "News for {{customer.firstName}} {{customer.lastName}}", "This week", html.toString(),
                "Hello {{customer.firstName}},\n\ncheese, butter and yoghurt of this week: {{links.home}}/p/1\n\n{{sender.address}}\n{{links.unsubscribe}}\n", true, false, 1);
    }

    /** Nanoseconds of all its threads, the compiler's and the garbage collector's among them. */
    private static long worked() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP).toList();
    }
}
