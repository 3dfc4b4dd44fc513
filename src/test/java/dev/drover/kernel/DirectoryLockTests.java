package dev.drover.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTests {

    @TempDir
    Path directory;

    @Test
    void keepsASecondInstanceOutAndSaysWhatToDo() {
        try (var first = DirectoryLock.acquire(directory)) {
            assertThatThrownBy(() -> DirectoryLock.acquire(directory))
                    .hasMessageContaining("Another Drover is running on " + directory)
                    .hasMessageContaining("DROVER_HOME");
        }
    }

    @Test
    void isFreeAgainAfterwards() {
        DirectoryLock.acquire(directory).close();
        try (var second = DirectoryLock.acquire(directory)) {
            assertThat(second).isNotNull();
        }
    }
}
