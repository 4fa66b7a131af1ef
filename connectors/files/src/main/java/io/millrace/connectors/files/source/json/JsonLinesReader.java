package io.millrace.connectors.files.source.json;

import io.millrace.connectors.files.source.fetch.InputWindow;
import io.millrace.connectors.files.source.fetch.LineWindow;
import io.millrace.connectors.files.source.table.PieceReader;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads objects that stand one a line. A line that is none is left out, and the next is read. */
final class JsonLinesReader implements PieceReader {
  private static final int SHOWN_BYTES_MAX = 4 * RejectedRow.VALUE_CHARS_MAX;

  private final JsonRows rows;
  private final InputWindow window;
  private final LineWindow lines;

  JsonLinesReader(JsonRows rows, InputStream input, long length, Position from) {
    this.rows = rows;
    this.window = new InputWindow(input, length);
    this.lines = new LineWindow(window, from.offset(), from.line());
  }

  @Override
  public @Nullable RecordBatch next() throws IOException, InterruptedException {
    rows.begin();
    try {
      while (!rows.isFull()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        long before = lines.offset();
        if (!lines.advance()) {
          break;
        }
        rows.addBytes(lines.offset() - before);
        line(before == 0);
      }
      return rows.take();
    } finally {
      rows.close();
    }
  }

  private void line(boolean first) {
    byte[] data = lines.data();
    int start = JsonLine.start(data, lines.start(), lines.end(), first);
    long number = lines.nextLine() - 1;
    if (lines.isEndless()) {
      rows.reject(
          number,
          "The line is longer than " + (InputWindow.RECORD_BYTES_MAX >> 20) + " MiB.",
          new String(data, start, SHOWN_BYTES_MAX, StandardCharsets.UTF_8));
    } else if (start < lines.end()) {
      rows.object(data, start, lines.end(), number);
    }
  }

  @Override
  public Position position() {
    return new Position(lines.offset(), lines.nextLine());
  }

  @Override
  public void close() {
    window.close();
  }
}
