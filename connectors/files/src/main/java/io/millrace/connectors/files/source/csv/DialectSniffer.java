package io.millrace.connectors.files.source.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the separator and the end of lines that explain a text best. */
final class DialectSniffer {
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
  private static final int RECORDS_MAX = 200;

  private final CsvOptions options;

  DialectSniffer(CsvOptions options) {
    this.options = options;
  }

  /**
   * Returns the dialect of a text.
   *
   * @param sample padded data with the text's beginning at {@link CsvHead#FRONT}
   * @param last nothing follows behind {@code limit}
   */
  Dialect find(byte[] sample, int limit, boolean last) {
    if (options.dialect().isPresent()) {
      return options.dialect().get();
    }
    byte separator = options.separator().orElse((byte) ',');
    Dialect dialect =
        new Dialect(
            separator,
            options.quote(),
            options.escape(),
            newline(sample, limit),
            Dialect.Empty.ROW);
    if (options.separator().isPresent()) {
      return dialect;
    }
    Dialect best = dialect;
    double bestScore = 0;
    for (char candidate : SEPARATORS) {
      Dialect tried = dialect.withSeparator((byte) candidate);
      double score = score(tried, sample, limit, last);
      if (score > bestScore) {
        best = tried;
        bestScore = score;
      }
    }
    return best;
  }

  private static byte newline(byte[] sample, int limit) {
    boolean returns = false;
    for (int at = CsvHead.FRONT; at < limit; at++) {
      if (sample[at] == Dialect.LINE_FEED) {
        return Dialect.LINE_FEED;
      }
      returns |= sample[at] == Dialect.CARRIAGE_RETURN;
    }
    return returns ? Dialect.CARRIAGE_RETURN : Dialect.LINE_FEED;
  }

  /**
   * The share of records with as many fields as the first counts most, then how many fields those
   * are. A separator that splits nothing scores nothing.
   */
  private double score(Dialect dialect, byte[] sample, int limit, boolean last) {
    int at = start(dialect, sample, limit);
    int fields = 0;
    int records = 0;
    int alike = 0;
    while (at < limit && records < RECORDS_MAX) {
      @Nullable RecordText record = RecordText.read(dialect, sample, at, limit, last);
      if (record == null) {
        break;
      }
      at = record.next();
      if (record.isEmpty()) {
        continue;
      }
      if (records == 0) {
        fields = record.fields().size();
      }
      records++;
      alike += record.fields().size() == fields ? 1 : 0;
    }
    if (fields < 2) {
      return 0;
    }
    return (double) alike / records + Math.min(fields, 1_000) / 100_000.0;
  }

  private int start(Dialect dialect, byte[] sample, int limit) {
    int at = CsvHead.begin(sample, limit);
    int skipped = options.skipLines() + options.header().orElse(0);
    for (int i = 0; i < skipped && at < limit; i++) {
      while (at < limit && sample[at] != dialect.newline()) {
        at++;
      }
      at++;
    }
    return Math.min(at, limit);
  }
}
