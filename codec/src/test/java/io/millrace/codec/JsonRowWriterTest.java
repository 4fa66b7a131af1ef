package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class JsonRowWriterTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("a \"q\" ı", new LogicalType.Text()),
              Fields.of("j", new LogicalType.Json())));

  @Test
  void writesChosenFieldsInTheOrderGiven() {
    Batches.with(
        SCHEMA,
        root -> {
          ((VarCharVector) root.getVector(0)).setSafe(0, Batches.bytes("x"));
          ((VarCharVector) root.getVector(1)).setSafe(0, Batches.bytes("{\"a\":\n\r 1}"));
          root.setRowCount(1);
          assertThat(write(JsonRowWriter.of(SCHEMA).bind(root)))
              .isEqualTo("{\"a \\\"q\\\" ı\":\"x\",\"j\":{\"a\":   1}}");
          assertThat(write(JsonRowWriter.of(SCHEMA, List.of("j")).bind(root)))
              .isEqualTo("{\"j\":{\"a\":   1}}");
          assertThat(write(JsonRowWriter.of(SCHEMA, List.of()).bind(root))).isEqualTo("{}");
        });
    assertThatThrownBy(() -> JsonRowWriter.of(SCHEMA, List.of("z")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leavesOutJsonWithoutValue() {
    Schema schema =
        new Schema(
            List.of(
                Fields.of("a", new LogicalType.Json()),
                Fields.of("t", new LogicalType.Text()),
                Fields.of("b", new LogicalType.Json())));
    Batches.with(
        schema,
        root -> {
          root.setRowCount(1);
          JsonRowWriter writer = JsonRowWriter.of(schema).leavingOutNullJson();
          assertThat(write(writer.bind(root))).isEqualTo("{\"t\":null}");
          ((VarCharVector) root.getVector(2)).setSafe(0, Batches.bytes("null"));
          root.setRowCount(1);
          assertThat(write(writer.bind(root))).isEqualTo("{\"t\":null,\"b\":null}");
          JsonRowWriter json = JsonRowWriter.of(schema, List.of("a")).leavingOutNullJson();
          assertThat(write(json.bind(root))).isEqualTo("{}");
        });
  }

  @Test
  void growsWithItsRows() {
    Batches.with(
        SCHEMA,
        root -> {
          String text = "\"\u0001".repeat(50_000);
          ((VarCharVector) root.getVector(0)).setSafe(0, Batches.bytes(text));
          root.setRowCount(1);
          assertThat(write(JsonRowWriter.of(SCHEMA).bind(root)))
              .isEqualTo("{\"a \\\"q\\\" ı\":\"" + "\\\"\\u0001".repeat(50_000) + "\",\"j\":null}");
        });
  }

  @Test
  void escapesWhereverTheCharacterStands() {
    Batches.with(
        SCHEMA,
        root -> {
          VarCharVector vector = (VarCharVector) root.getVector(0);
          int row = 0;
          for (int place = 0; place < 20; place++) {
            for (char c = 0; c < 0x100; c++) {
              String text = "x".repeat(place) + c + "é".repeat(20 - place);
              vector.setSafe(row++, Batches.bytes(text));
            }
          }
          root.setRowCount(row);
          JsonRowWriter.Rows rows = JsonRowWriter.of(SCHEMA).bind(root);
          for (int i = 0; i < row; i++) {
            ByteSink sink = new ByteSink(0);
            rows.write(i, sink);
            assertThat(value(sink)).isEqualTo(vector.getObject(i).toString());
          }
        });
  }

  private static String value(ByteSink json) {
    try {
      return new ObjectMapper().readTree(json.toBytes()).path("a \"q\" ı").textValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(JsonRowWriter.Rows rows) {
    ByteSink sink = new ByteSink(0);
    rows.write(0, sink);
    return sink.toString();
  }
}
