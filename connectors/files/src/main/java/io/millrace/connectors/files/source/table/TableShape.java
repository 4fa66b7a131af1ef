package io.millrace.connectors.files.source.table;

import java.util.List;

/**
 * What files of one stream share.
 *
 * @param columns every column of any of them
 * @param estimatedRows a guess of the number of rows, or -1
 */
public record TableShape(List<TableColumn> columns, long estimatedRows) {
  public TableShape {
    columns = List.copyOf(columns);
  }
}
