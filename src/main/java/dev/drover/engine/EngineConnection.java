package dev.drover.engine;

import java.net.URI;

/**
 * Where the engine listens. The addresses stay the same as long as this process lives, also when the embedded engine is restarted.
 *
 * @param identity see {@link Engine#identity()}
 */
record EngineConnection(String identity, URI grpc, URI rest) {}
