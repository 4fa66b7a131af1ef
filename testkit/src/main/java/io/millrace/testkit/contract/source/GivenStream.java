package io.millrace.testkit.contract.source;

import io.millrace.spi.StreamName;
import io.millrace.testkit.arrow.Row;
import java.util.List;

/**
 * A stream whose content the test knows.
 *
 * @param name its name at the source
 * @param columns its columns, in the order of the rows
 * @param primaryKey names of columns
 * @param rows its rows when it was made
 */
public record GivenStream(
    StreamName name, List<String> columns, List<String> primaryKey, List<Row> rows) {
  public GivenStream {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    rows = List.copyOf(rows);
  }
}
