/**
 * Files on their way in: what a file looks like, which column means what, and a job that takes it row by row. A row that can't be taken is
 * kept with its reason. Inside of audience; it writes through the same doors as the API.
 */
@NullMarked
package dev.drover.audience.imports;

import org.jspecify.annotations.NullMarked;
