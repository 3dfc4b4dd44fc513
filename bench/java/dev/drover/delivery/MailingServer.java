package dev.drover.delivery;

import dev.drover.DroverApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The application as a process that has one mailing to send, wherever it was when it was killed. */
public final class MailingServer {

    private MailingServer() {}

    public static void main(String[] args) {
        var application = SpringApplication.run(DroverApplication.class);
        var jdbc = application.getBean(JdbcClient.class);
        if (jdbc.sql("SELECT count(*) FROM customer").query(Long.class).single() == 0) {
            MailingRun.write(jdbc, Integer.getInteger("customers"), "all");
        }
        MailingRun.queue(application.getBean(Mailings.class), jdbc, "all", "chaos");
    }
}
