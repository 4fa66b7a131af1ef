package io.millrace.connectors.files.source.csv;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What a reader makes of a delimiter-separated text.
 *
 * @param dialect how it is written
 * @param fields how many fields each record has
 * @param columns the columns of the batches, in order
 * @param places for each column the place of its field in the records, or -1 where the text lacks
 *     it and every value is null
 * @param nullTexts what is null beside the empty field
 * @param label what the text is called in the positions of rejected rows
 * @param charset the encoding's name, for reasons of rejected rows
 */
public record CsvTable(
    Dialect dialect,
    int fields,
    List<Field> columns,
    List<Integer> places,
    NullTexts nullTexts,
    String label,
    String charset) {
  public CsvTable {
    columns = List.copyOf(columns);
    places = List.copyOf(places);
  }
}
