package dev.drover;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    @Test
    void everyPackageKeepsToWhatItMayUse() {
        ApplicationModules.of(DroverApplication.class).verify();
    }
}
