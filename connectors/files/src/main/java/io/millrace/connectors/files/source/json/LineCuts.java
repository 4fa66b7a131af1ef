package io.millrace.connectors.files.source.json;

import io.millrace.connectors.files.source.csv.Dialect;
import io.millrace.connectors.files.source.csv.RangeCutter;
import io.millrace.connectors.files.source.fetch.Content;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.table.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/** Cuts files of lines into ranges that can be read at once: no JSON value holds a line break. */
final class LineCuts {
  private static final long RANGE_BYTES_MIN = 32L << 20;
  private static final long RANGE_BYTES_MAX = 256L << 20;
  private static final int RANGES_WANTED = 8;
  private static final Dialect LINES = Dialect.lines();

  private final Content content;
  private final Optional<Charset> encoding;

  LineCuts(Content content, Optional<Charset> encoding) {
    this.content = content;
    this.encoding = encoding;
  }

  /** Returns where the ranges of a file begin. */
  List<Position> of(FileVersion file) throws InterruptedException {
    if (file.size() < 2 * RANGE_BYTES_MIN || !content.isLocal(file)) {
      return List.of(Position.START);
    }
    Content.Text text = content.text(file, encoding, 0);
    try (InputStream input = text.input()) {
      if (!text.direct()) {
        return List.of(Position.START);
      }
      long distance = Math.clamp(file.size() / RANGES_WANTED, RANGE_BYTES_MIN, RANGE_BYTES_MAX);
      return new RangeCutter(LINES, distance)
          .cut(input, Position.START).stream().filter(cut -> cut.offset() < file.size()).toList();
    } catch (IOException e) {
      throw Content.failure(file, e);
    }
  }
}
