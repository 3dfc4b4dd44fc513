package dev.drover.audience.imports;

import java.util.List;

/** Takes rows of one kind. Called within the transaction that counts them. */
interface RowTaker {

    ImportKind kind();

    /** Takes what can be taken; a row that can't is told why by {@link Row#refuse}. */
    void take(ImportJob job, List<Row> rows);
}
