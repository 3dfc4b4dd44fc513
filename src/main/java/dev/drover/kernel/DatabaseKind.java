package dev.drover.kernel;

/** Whose PostgreSQL this is. */
public enum DatabaseKind {
    EMBEDDED, EXTERNAL
}
