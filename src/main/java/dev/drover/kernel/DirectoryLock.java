package dev.drover.kernel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a data directory to one running instance. The operating system frees it when the process ends, however it ends. */
public final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StartFailure with what to do, when another process holds the directory */
    public static DirectoryLock acquire(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StartFailure("Another Drover is running on %s.".formatted(directory),
                        "Stop it, or give this one a directory of its own with DROVER_HOME.", null);
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new StartFailure("Drover can't write to %s: %s".formatted(directory, e.getMessage()), "Make it writable, or name another directory with DROVER_HOME.", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("Can't release the lock of the data directory", e);
        }
    }
}
