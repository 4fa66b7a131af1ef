package io.millrace.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.millrace.spi.RejectedRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects into rows of a batch. It is strict: a value that its column cannot hold
 * exactly is a {@link Misfit}; nothing is rounded, cut or left out.
 *
 * <p>It reads everything that {@link JsonForm} writes, and also: whole numbers written as {@code
 * 5.0}; whole and decimal numbers as text; any value into a text column, where numbers keep their
 * digits and lists and objects become JSON; ISO times with any offset. A key that is missing counts
 * as null. For one thread.
 */
public final class JsonRowReader {
  /** What becomes of a row with a key that is no column. */
  public enum UnknownKeys {
    /** The row is a misfit. */
    REFUSE,
    /** The key is left out. */
    IGNORE
  }

  /** The longest text of one value, in characters. */
  private static final int VALUE_CHARS_MAX = 512 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(VALUE_CHARS_MAX).build())
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final JsonObjectReader rows;

  private JsonRowReader(JsonObjectReader rows) {
    this.rows = rows;
  }

  /** Makes a reader that fills this batch; {@code setRowCount} is left to the caller. */
  public static JsonRowReader into(VectorSchemaRoot root, UnknownKeys unknownKeys) {
    return new JsonRowReader(new JsonObjectReader(root.getFieldVectors(), unknownKeys));
  }

  /** Returns a factory whose parsers suit {@link #read(JsonParser, int)}. */
  public static JsonFactory factory() {
    return FACTORY;
  }

  /**
   * Reads one object from UTF-8 bytes that hold nothing else, into the row, which is the next after
   * the last that was filled.
   *
   * @return null, or why the row does not fit: then the row is as if it had not been read, and is
   *     to be filled next
   */
  public @Nullable Misfit read(byte[] bytes, int offset, int length, int row) {
    try (JsonParser parser = FACTORY.createParser(bytes, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Misfit(null, "Expected a JSON object.", cut(bytes, offset, length));
      }
      Misfit misfit = read(parser, row);
      if (misfit == null && parser.nextToken() != null) {
        rows.clear(row);
        return new Misfit(
            null, "Expected nothing behind the JSON object.", cut(bytes, offset, length));
      }
      return misfit;
    } catch (JsonProcessingException e) {
      rows.clear(row);
      String reason = "Expected valid JSON: " + e.getOriginalMessage();
      return new Misfit(null, reason, cut(bytes, offset, length));
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes in memory cannot fail to be read.", e);
    }
  }

  /**
   * Reads the object at whose beginning the parser stands, as {@link #read(byte[], int, int, int)}
   * does, and leaves the parser at the object's end, also after a misfit.
   *
   * @throws IOException when the text is not valid JSON or cannot be read; the row is then as if it
   *     had not been read
   */
  public @Nullable Misfit read(JsonParser parser, int row) throws IOException {
    int depth = parser.getParsingContext().getNestingDepth();
    try {
      rows.read(parser, row);
      return null;
    } catch (MisfitException e) {
      Misfit misfit = new Misfit(rows.current(), e.reason(), e.text());
      rows.clear(row);
      skipTo(parser, depth);
      return misfit;
    } catch (IOException e) {
      rows.clear(row);
      throw e;
    }
  }

  private static void skipTo(JsonParser parser, int depth) throws IOException {
    while (parser.currentToken() != JsonToken.END_OBJECT
        || parser.getParsingContext().getNestingDepth() >= depth) {
      if (parser.nextToken() == null) {
        return;
      }
    }
  }

  private static String cut(byte[] bytes, int offset, int length) {
    int shown = Math.min(length, RejectedRow.VALUE_CHARS_MAX);
    return new String(bytes, offset, shown, StandardCharsets.UTF_8);
  }
}
