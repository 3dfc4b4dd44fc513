package dev.drover.worker;

import dev.drover.audience.Customers;
import dev.drover.delivery.Deliveries;
import dev.drover.engine.Engine;
import dev.drover.engine.JobWorker;
import dev.drover.kernel.Channel;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class SendWorkers {

    @Bean
    JobWorker sendEmail(Deliveries deliveries, Customers customers, Engine engine) {
        return new SendWorker(Channel.EMAIL, deliveries, customers, engine);
    }

    @Bean
    JobWorker sendSms(Deliveries deliveries, Customers customers, Engine engine) {
        return new SendWorker(Channel.SMS, deliveries, customers, engine);
    }

    @Bean
    JobWorker sendPush(Deliveries deliveries, Customers customers, Engine engine) {
        return new SendWorker(Channel.PUSH, deliveries, customers, engine);
    }
}
