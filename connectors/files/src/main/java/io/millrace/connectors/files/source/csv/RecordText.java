package io.millrace.connectors.files.source.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record as texts: for headers and for finding out the dialect, where speed does not count.
 *
 * @param fields the contents of its fields; a single empty one for an empty line
 * @param next where the next record begins
 */
record RecordText(List<String> fields, int next) {
  RecordText {
    fields = List.copyOf(fields);
  }

  /** Tells whether the record is an empty line. */
  boolean isEmpty() {
    return fields.size() == 1 && fields.getFirst().isEmpty();
  }

  /**
   * Reads the record that begins at {@code from}, above 0, of padded data.
   *
   * @param last nothing follows behind {@code limit}
   * @return null when the record does not end within the data, or its quotes are broken
   */
  static @Nullable RecordText read(
      Dialect dialect, byte[] data, int from, int limit, boolean last) {
    FieldIndex counting = new FieldIndex(1, 1);
    int next = new RecordScanner(dialect, 1).scanOne(data, from, limit, last, counting);
    if (next < 0) {
      return null;
    }
    if (counting.rows == 0 && counting.faultCount == 0) {
      return new RecordText(List.of(""), next);
    }
    int count = counting.rows == 1 ? 1 : counting.faults[2];
    FieldIndex index = new FieldIndex(count, 1);
    new RecordScanner(dialect, count).scanOne(data, from, limit, last, index);
    Unquoted content = new Unquoted(dialect);
    List<String> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      content.resolve(data, (index.ends[i] & FieldIndex.POSITION) + 1, index.ends[i + 1]);
      fields.add(
          new String(
              content.data, content.from, content.to - content.from, StandardCharsets.UTF_8));
    }
    return new RecordText(fields, next);
  }
}
