package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.fetch.InputWindow;
import io.millrace.connectors.files.source.infer.TypeGuess;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Looks through records to learn what the fields hold. Used by one thread. */
final class ColumnSurvey {
  private final Dialect dialect;
  private final int fields;
  private final NullTexts nullTexts;
  private final CsvOptions.Quotes quotes;
  private final List<TypeGuess> guesses = new ArrayList<>();
  private long rows;
  private long bytes;

  ColumnSurvey(Dialect dialect, int fields, CsvOptions options) {
    this.dialect = dialect;
    this.fields = fields;
    this.nullTexts = options.nullTexts();
    this.quotes = options.quotes();
    for (int i = 0; i < fields; i++) {
      guesses.add(new TypeGuess());
    }
  }

  List<TypeGuess> guesses() {
    return guesses;
  }

  /** Returns the number of well-formed rows seen. */
  long rows() {
    return rows;
  }

  /** Returns the number of bytes they and others took. */
  long bytes() {
    return bytes;
  }

  void merge(ColumnSurvey other) {
    for (int i = 0; i < fields; i++) {
      guesses.get(i).merge(other.guesses.get(i));
    }
    rows += other.rows;
    bytes += other.bytes;
  }

  /**
   * Looks through a text that begins with a record.
   *
   * @param length how many bytes to look at
   * @param whole a record ends there; otherwise the last one is cut and not looked at
   * @return the number of malformed records
   */
  long survey(InputStream input, long length, boolean whole)
      throws IOException, InterruptedException {
    InputWindow window = new InputWindow(input, length);
    RecordScanner scanner = new RecordScanner(dialect, fields);
    FieldIndex index = new FieldIndex(fields, Integer.MAX_VALUE);
    Unquoted content = new Unquoted(dialect);
    long malformed = 0;
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      index.clear();
      int next =
          scanner.scan(window.data, window.start, window.limit, whole && window.ended, index);
      if (next == window.start && (window.ended || !window.fill())) {
        return malformed;
      }
      look(window.data, index, content);
      rows += index.rows;
      bytes += next - window.start;
      malformed += index.faultCount;
      window.start = next;
    }
  }

  private void look(byte[] data, FieldIndex index, Unquoted content) {
    for (int field = 0; field < fields; field++) {
      TypeGuess guess = guesses.get(field);
      for (int row = 0, slot = field; row < index.rows; row++, slot += index.stride) {
        if (guess.isText()) {
          break;
        }
        int from = (index.ends[slot] & FieldIndex.POSITION) + 1;
        int end = index.ends[slot + 1];
        if (end <= FieldIndex.POSITION && nullTexts.isEmpty()) {
          if (from < end) {
            guess.add(data, from, end);
          }
          continue;
        }
        content.resolve(data, from, end);
        boolean isNull = content.from == content.to;
        if (isNull || nullTexts.matches(content.data, content.from, content.to)) {
          continue;
        }
        if (content.quoted && quotes == CsvOptions.Quotes.MEAN_TEXT) {
          guess.addText();
        } else {
          guess.add(content.data, content.from, content.to);
        }
      }
    }
  }
}
