package io.millrace.connectors.files.source.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.VarCharVector;

/**
 * Puts {@code NaN} and infinities in JSON into quotes: DuckDB writes them bare, which JSON does not
 * allow.
 */
final class JsonNumbers {
  private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.US_ASCII);

  private JsonNumbers() {}

  /** Returns whether any value of the texts must be changed. */
  static boolean areBare(VarCharVector texts) {
    for (int row = 0; row < texts.getValueCount(); row++) {
      if (!texts.isNull(row) && bareAt(texts.get(row), 0) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Copies the texts and changes them on the way. */
  static void quote(VarCharVector from, VarCharVector to) {
    to.allocateNew(from.getDataBuffer().readableBytes(), from.getValueCount());
    for (int row = 0; row < from.getValueCount(); row++) {
      if (!from.isNull(row)) {
        to.setSafe(row, quoted(from.get(row)));
      }
    }
    to.setValueCount(from.getValueCount());
  }

  static byte[] quoted(byte[] json) {
    ByteArrayOutputStream changed = new ByteArrayOutputStream(json.length + 16);
    int copied = 0;
    for (int at = bareAt(json, 0); at >= 0; at = bareAt(json, copied)) {
      int word = json[at] == '-' ? at + 1 : at;
      int end = word + (json[word] == 'N' ? NAN.length : INFINITY.length);
      changed.write(json, copied, at - copied);
      changed.write('"');
      changed.write(json, at, end - at);
      changed.write('"');
      copied = end;
    }
    changed.write(json, copied, json.length - copied);
    return changed.toByteArray();
  }

  /**
   * Returns where the first such value begins that is not within a text, or -1.
   *
   * @param from outside of any text
   */
  private static int bareAt(byte[] json, int from) {
    boolean inText = false;
    for (int at = from; at < json.length; at++) {
      byte found = json[at];
      if (inText) {
        at += found == '\\' ? 1 : 0;
        inText = found != '"';
      } else if (found == '"') {
        inText = true;
      } else if (found == 'N' || found == 'I') {
        return at > 0 && json[at - 1] == '-' ? at - 1 : at;
      }
    }
    return -1;
  }
}
