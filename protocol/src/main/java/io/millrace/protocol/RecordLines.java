package io.millrace.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.millrace.codec.ByteSink;
import io.millrace.codec.JsonRowWriter;
import io.millrace.spi.StreamName;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Writes the rows of one stream as RECORD messages. For one thread. */
final class RecordLines {
  private static final int FLUSH_BYTES = 1 << 18;

  private final MessageWriter writer;
  private final JsonRowWriter rows;
  private final byte[] before;
  private final ByteSink sink = new ByteSink(FLUSH_BYTES * 2);

  RecordLines(MessageWriter writer, StreamName stream, Schema schema) {
    this.writer = writer;
    this.rows = JsonRowWriter.of(schema);
    StringBuilder text = new StringBuilder("{\"type\":\"RECORD\",\"record\":{\"stream\":");
    text.append(quoted(stream.name()));
    if (stream.namespace() != null) {
      text.append(",\"namespace\":").append(quoted(stream.namespace()));
    }
    this.before = text.append(",\"data\":").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Writes every row of a batch. */
  void write(VectorSchemaRoot root) {
    byte[] after =
        (",\"emitted_at\":" + writer.nowMillis() + "}}\n").getBytes(StandardCharsets.US_ASCII);
    JsonRowWriter.Rows bound = rows.bind(root);
    for (int row = 0; row < root.getRowCount(); row++) {
      sink.put(before);
      bound.write(row, sink);
      sink.put(after);
      if (sink.size() >= FLUSH_BYTES) {
        handOn();
      }
    }
    handOn();
  }

  private void handOn() {
    writer.lines(sink);
    sink.clear();
  }

  private static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }
}
