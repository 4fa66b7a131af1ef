package io.millrace.connectors.files.source.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.table.PieceReader;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.spi.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads the objects of a document. Positions count values, which are passed over on resumption. */
final class JsonDocumentReader implements PieceReader {
  private final JsonRows rows;
  private final JsonDocument document;
  private final long skipped;
  private long values;
  private long line;
  private boolean ended;

  /**
   * @param nothing the piece holds none of the document
   */
  JsonDocumentReader(
      JsonRows rows, FileVersion file, InputStream input, Position from, boolean nothing)
      throws IOException {
    this.rows = rows;
    this.document = new JsonDocument(file, input);
    this.skipped = from.offset();
    this.line = from.line();
    this.ended = nothing;
  }

  @Override
  public @Nullable RecordBatch next() throws IOException, InterruptedException {
    rows.begin();
    try {
      long before = document.bytes();
      long counted = before;
      while (!ended && !rows.isFull()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        value();
        long now = document.bytes();
        rows.addBytes(now - counted);
        counted = now;
      }
      return rows.take();
    } catch (JsonProcessingException e) {
      throw document.invalid(e);
    } finally {
      rows.close();
    }
  }

  private void value() throws IOException {
    if (!document.advance()) {
      ended = true;
      return;
    }
    line = document.line();
    values++;
    if (values <= skipped) {
      document.parser().skipChildren();
    } else if (document.parser().currentToken() == JsonToken.START_OBJECT) {
      rows.object(document.parser(), line);
    } else {
      String token = document.parser().currentToken().toString();
      document.parser().skipChildren();
      rows.reject(line, "Expected a JSON object for a row.", token);
    }
  }

  @Override
  public Position position() {
    return new Position(Math.max(values, skipped), line);
  }

  @Override
  public void close() {
    document.close();
  }
}
