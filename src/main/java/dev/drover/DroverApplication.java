package dev.drover;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Drives each customer along a journey: rules decide, the engine runs, workers act. */
@SpringBootApplication
public class DroverApplication {

    public static void main(String[] args) {
        SpringApplication.run(DroverApplication.class, args);
    }
}
