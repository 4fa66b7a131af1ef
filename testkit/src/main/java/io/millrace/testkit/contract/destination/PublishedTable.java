package io.millrace.testkit.contract.destination;

import io.millrace.testkit.arrow.Row;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What a reader of a target sees.
 *
 * @param schema its columns by the names they have there, types as the system tells them
 * @param rows its rows, in the order of the columns, in any order of rows
 */
public record PublishedTable(Schema schema, List<Row> rows) {
  /** The target cannot be read at this moment, and says so. */
  public static final PublishedTable BUSY = new PublishedTable(new Schema(List.of()), List.of());

  public PublishedTable {
    rows = List.copyOf(rows);
  }

  /** Tells whether this is {@link #BUSY} itself, and not just a target without columns. */
  @SuppressWarnings("ReferenceEquality")
  public boolean busy() {
    return this == BUSY;
  }
}
