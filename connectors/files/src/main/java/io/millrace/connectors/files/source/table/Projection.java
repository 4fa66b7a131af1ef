package io.millrace.connectors.files.source.table;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The columns to read.
 *
 * @param columns the columns of the batches, in order; one that a file lacks is null throughout
 * @param complete they are all columns that were found, so that a file with a further one holds
 *     data that would be lost: it is refused, or its rows are
 */
public record Projection(List<Field> columns, boolean complete) {
  public Projection {
    columns = List.copyOf(columns);
  }

  /** Returns the columns' names. */
  public List<String> names() {
    return columns.stream().map(Field::getName).toList();
  }
}
