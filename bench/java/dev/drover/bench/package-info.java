/**
 * Load programs: each starts the packaged application as a process of its own, works it over HTTP as a shop would, and prints its figures
 * beside the machine's raw limit of the same run. {@code mvn -Pbench verify -DskipTests -Dbench=latency} (or {@code import}, {@code crash}).
 */
package dev.drover.bench;
