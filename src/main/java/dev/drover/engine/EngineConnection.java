package dev.drover.engine;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine listens. The addresses stay the same as long as this process lives, also when the embedded engine is restarted.
 *
 * @param identity   see {@link Engine#identity()}
 * @param management {@code null} where nobody may move the engine's clock
 */
record EngineConnection(String identity, URI grpc, URI rest, @Nullable URI management) {}
