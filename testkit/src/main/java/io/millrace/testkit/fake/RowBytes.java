package io.millrace.testkit.fake;

import io.millrace.testkit.arrow.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fakes' own encoding of rows: a mark for each value, then the integer or text. */
public final class RowBytes {
  /** The name of the encoding. */
  public static final String FORMAT = "fake/1";

  private static final char NULL = 'n';
  private static final char INTEGER = 'i';
  private static final char TEXT = 't';

  private RowBytes() {}

  /** Encodes a row of integers and texts. */
  public static byte[] encode(Row row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Object value : row.values()) {
        switch (value) {
          case null -> out.writeChar(NULL);
          case Long number -> {
            out.writeChar(INTEGER);
            out.writeLong(number);
          }
          default -> {
            out.writeChar(TEXT);
            out.writeUTF((String) value);
          }
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  /** Decodes a row. */
  public static Row decode(byte[] bytes) {
    List<@Nullable Object> values = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        switch (in.readChar()) {
          case NULL -> values.add(null);
          case INTEGER -> values.add(in.readLong());
          case TEXT -> values.add(in.readUTF());
          default -> throw new IllegalArgumentException("Not a row of the fakes.");
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new Row(values);
  }
}
