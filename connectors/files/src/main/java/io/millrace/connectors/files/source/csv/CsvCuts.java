package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.fetch.Content;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.fetch.Texts;
import io.millrace.connectors.files.source.table.Position;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the ranges of a file begin that can be read at once. Remembers what it found. Thread-safe.
 */
final class CsvCuts {
  /** Smaller files are read in one piece; ranges are never much smaller than this. */
  static final long RANGE_BYTES_MIN = 32L << 20;

  private static final long RANGE_BYTES_MAX = 256L << 20;
  private static final int RANGES_WANTED = 8;
  private static final int REMEMBERED_MAX = 1_000;

  private final Texts texts;
  private final CsvOptions options;
  private final long rangeBytesMin;
  private final Map<FileVersion, List<Position>> remembered =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<FileVersion, List<Position>> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  CsvCuts(Texts texts, CsvOptions options) {
    this(texts, options, RANGE_BYTES_MIN);
  }

  CsvCuts(Texts texts, CsvOptions options, long rangeBytesMin) {
    this.texts = texts;
    this.options = options;
    this.rangeBytesMin = rangeBytesMin;
  }

  /** Returns where the ranges of a file begin; the first is the file's own beginning. */
  synchronized List<Position> of(FileVersion file, Dialect dialect) throws InterruptedException {
    if (file.size() < 2 * rangeBytesMin || !texts.isLocal(file)) {
      return List.of(Position.START);
    }
    List<Position> known = remembered.get(file);
    if (known == null) {
      known = cut(file, dialect);
      remembered.put(file, known);
    }
    return known;
  }

  private List<Position> cut(FileVersion file, Dialect dialect) throws InterruptedException {
    try (CsvSample sample = CsvSample.open(texts, file, options)) {
      if (!sample.direct()) {
        return List.of(Position.START);
      }
      Position start = sample.head(options, dialect).data();
      long distance = Math.clamp(file.size() / RANGES_WANTED, rangeBytesMin, RANGE_BYTES_MAX);
      try (InputStream input = sample.rest(start.offset())) {
        return new RangeCutter(dialect, distance)
            .cut(input, start).stream().filter(cut -> cut.offset() < file.size()).toList();
      }
    } catch (IOException e) {
      throw Content.failure(file, e);
    }
  }
}
