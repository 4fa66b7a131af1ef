package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.postgres.type.BinaryForms;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.EncodedLoader;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RowEncoding;
import io.millrace.spi.TransientException;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Bytes;
import io.millrace.testkit.arrow.Row;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where encoded rows cannot be stored as they are, they are not taken, or not any more. */
@ExtendWith(AllocatorExtension.class)
final class EncodedRowsRefusedTest {
  private static final RowEncoding BIGINT = new RowEncoding(BinaryForms.FORMAT, List.of("bigint"));
  private static final Schema SCHEMA =
      new Schema(List.of(Fields.of("id", new LogicalType.Int(64))));
  private static final Schema ENCODED = new Schema(List.of(RowEncoding.ROW));

  @Test
  void onlyTheSameTypeTakesThem(BufferAllocator allocator) throws Exception {
    Map<String, Boolean> taken =
        Map.of("bigint", true, "numeric", false, "text", false, "small_number", false);
    for (Map.Entry<String, Boolean> type : taken.entrySet()) {
      try (Rig rig = new Rig(allocator, Map.of())) {
        rig.execute(
            "CREATE DOMAIN small_number AS bigint CHECK (VALUE < 10)",
            "CREATE TABLE things (id " + type.getKey() + ")");
        try (EncodedLoader loader = open(rig)) {
          assertThat(loader.takes(BIGINT)).as(type.getKey()).isEqualTo(type.getValue());
        }
      }
    }
  }

  @Test
  void aRowThatTheServerRefusesIsLookedForDecoded(BufferAllocator allocator) throws Exception {
    try (Rig rig = new Rig(allocator, Map.of())) {
      rig.execute("CREATE TABLE things (id bigint CHECK (id < 10))");
      try (EncodedLoader loader = open(rig);
          BatchWriter writer = loader.encodedWriter(BIGINT, "p0", 0)) {
        assertThat(loader.takes(BIGINT)).isTrue();
        write(rig, writer, 1, 2, 11);
        assertThatThrownBy(() -> writer.commit(Rig.commit("p0", 1, 3, true)))
            .isInstanceOf(TransientException.class)
            .hasMessageContaining("goes to quarantine");
      }
      try (EncodedLoader next = open(rig)) {
        assertThat(next.takes(BIGINT)).isFalse();
        assertThat(rig.write(next, plan(rig), "p0", 0, List.of(Row.of(1L), Row.of(11L))).rejected())
            .hasSize(1);
      }
      assertThat(rig.query("SELECT * FROM things")).containsExactly("1");
    }
  }

  private static EncodedLoader open(Rig rig) throws InterruptedException {
    return (EncodedLoader) rig.destination.open(plan(rig));
  }

  private static LoadPlan plan(Rig rig) {
    return rig.plan("things", SCHEMA, WriteMode.APPEND, 1);
  }

  private static void write(Rig rig, BatchWriter writer, long... ids) throws InterruptedException {
    List<Row> rows = Arrays.stream(ids).mapToObj(id -> Row.of(Bytes.of(encoded(id)))).toList();
    try (RecordBatch batch = Batches.batch(rig.allocator, ENCODED, rows)) {
      writer.write(batch);
    }
  }

  private static byte[] encoded(long id) {
    return ByteBuffer.allocate(Short.BYTES + Integer.BYTES + Long.BYTES)
        .putShort((short) 1)
        .putInt(Long.BYTES)
        .putLong(id)
        .array();
  }
}
