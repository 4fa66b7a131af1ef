package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Batches for tests, with a check that every buffer is given back. */
final class Batches {
  private Batches() {}

  /** Runs the test with an empty batch of one field {@code v}. */
  static void with(LogicalType type, Consumer<VectorSchemaRoot> test) {
    with(new Schema(List.of(Fields.of("v", type))), test);
  }

  /** Runs the test with an empty batch. */
  static void with(Schema schema, Consumer<VectorSchemaRoot> test) {
    try (BufferAllocator allocator = new RootAllocator()) {
      try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
        test.accept(root);
      }
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  /** Reads objects with the key {@code v} and these JSON values; each must fit. */
  static void fill(VectorSchemaRoot root, List<String> values) {
    JsonRowReader reader = JsonRowReader.into(root, JsonRowReader.UnknownKeys.REFUSE);
    for (int i = 0; i < values.size(); i++) {
      byte[] json = bytes("{\"v\":" + values.get(i) + "}");
      assertThat(reader.read(json, 0, json.length, i)).as(values.get(i)).isNull();
    }
    root.setRowCount(values.size());
  }

  /** Returns a value of the first column as JSON. */
  static String json(VectorSchemaRoot root, int row) {
    return form(JsonForm.cells(root.getVector(0)), row);
  }

  /** Returns a value of a vector as text. */
  static String text(FieldVector vector, int row) {
    return form(TextForm.cells(vector), row);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String form(Cells cells, int row) {
    if (cells.isNull(row)) {
      return "null";
    }
    ByteSink sink = new ByteSink(0);
    cells.write(row, sink);
    return sink.toString();
  }
}
