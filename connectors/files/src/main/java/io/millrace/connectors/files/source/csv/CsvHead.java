package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.infer.ColumnNames;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.connectors.files.source.value.Bytes;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a text: what its columns are called, and where its rows begin.
 *
 * @param names one per field of a record
 * @param data where the first row is
 */
record CsvHead(List<String> names, Position data) {
  /** Where a text begins in the arrays that these methods take. */
  static final int FRONT = 8;

  private static final int MARK_BYTES = 3;

  CsvHead {
    names = List.copyOf(names);
  }

  /**
   * Reads the head of a text.
   *
   * @param sample padded data with the text's beginning at {@link #FRONT}
   * @param last nothing follows behind {@code limit}
   * @return null when a longer sample may have a head
   * @throws ConfigException when the text has no head
   */
  static @Nullable CsvHead read(
      CsvOptions options, Dialect dialect, byte[] sample, int limit, boolean last, String file) {
    int at = begin(sample, limit);
    long line = 1;
    for (int i = 0; i < options.skipLines() && at < limit; i++) {
      at = Math.min(limit, Bytes.indexOf(sample, at, limit, dialect.newline()) + 1);
      line++;
    }
    int wanted = options.header().orElse(0) + 1;
    for (int records = 0; ; ) {
      RecordText record = RecordText.read(dialect, sample, at, limit, last);
      if (record == null || at >= limit) {
        return failure(file, at >= limit, last, limit);
      }
      records += record.isEmpty() ? 0 : 1;
      boolean found = records == wanted && !record.isEmpty();
      if (!found || options.header().isPresent()) {
        line += Bytes.count(sample, at, record.next(), dialect.newline());
        at = record.next();
      }
      if (found) {
        return new CsvHead(names(options, record, file), new Position(at - FRONT, line));
      }
    }
  }

  /** Returns where the text begins behind a byte order mark. */
  static int begin(byte[] sample, int limit) {
    boolean mark =
        limit - FRONT >= MARK_BYTES
            && sample[FRONT] == (byte) 0xEF
            && sample[FRONT + 1] == (byte) 0xBB
            && sample[FRONT + 2] == (byte) 0xBF;
    return mark ? FRONT + MARK_BYTES : FRONT;
  }

  private static List<String> names(CsvOptions options, RecordText first, String file) {
    int count = first.fields().size();
    if (options.names().isEmpty()) {
      return options.header().isPresent()
          ? ColumnNames.distinct(first.fields())
          : ColumnNames.numbered(count);
    }
    if (options.names().size() != count) {
      throw new ConfigException(
          "names_mismatch",
          "reader_options.names has "
              + options.names().size()
              + " names; \""
              + ConnectorException.outside(file)
              + "\" has "
              + count
              + " fields in its first row.");
    }
    return ColumnNames.distinct(options.names());
  }

  private static @Nullable CsvHead failure(String file, boolean ended, boolean last, int limit) {
    if (!last && limit - FRONT < CsvSample.BYTES_MAX) {
      return null;
    }
    String name = "\"" + ConnectorException.outside(file) + "\"";
    throw new ConfigException(
        "header_missing",
        ended
            ? name + " ends before its header; see skiprows and header in reader_options."
            : name
                + " does not begin with a header: its first record is longer than "
                + (CsvSample.BYTES_MAX >> 10)
                + " KiB, or its quotes are broken. Is it a CSV file?");
  }

  /** Returns the places of columns in the records, -1 for one that the text lacks. */
  List<Integer> places(List<String> columns) {
    return columns.stream().map(names::indexOf).toList();
  }

  /** Returns the first name that is not among the columns, or null. */
  @Nullable String unknown(List<String> columns) {
    return names.stream().filter(name -> !columns.contains(name)).findFirst().orElse(null);
  }
}
