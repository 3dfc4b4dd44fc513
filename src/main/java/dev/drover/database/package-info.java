/**
 * Owns the way to PostgreSQL: an embedded server by default (its data under {@code DROVER_HOME/postgres}), or yours by
 * {@code DROVER_DATABASE_URL}. Everybody uses the {@code DataSource} it provides; nobody uses its classes.
 */
@ApplicationModule(displayName = "Database", allowedDependencies = "kernel")
@NullMarked
package dev.drover.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
