/**
 * Runs inside the engine, from a jar of its own ({@code target/drover-exporter.jar}, with PostgreSQL's driver): copies what instances do into
 * the {@code engine_*} tables. Uses the JDK, the engine's exporter API and the driver, nothing else of ours.
 */
@NullMarked
package dev.drover.engine.history.exporter;

import org.jspecify.annotations.NullMarked;
