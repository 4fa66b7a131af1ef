package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.LoadPlan;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AllocatorExtension.class)
final class PreviewTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)), Fields.of("name", new LogicalType.Text())));

  @Test
  void theStatementsAreToldAndNothingIsChanged(BufferAllocator allocator) throws Exception {
    try (Rig rig = new Rig(allocator, Map.of("schema", "new_schema"))) {
      for (WriteMode mode : WriteMode.values()) {
        List<String> statements = rig.destination.preview(plan(rig, mode, 1));
        assertThat(statements.getFirst()).isEqualTo("CREATE SCHEMA \"new_schema\"");
        assertThat(statements).anyMatch(sql -> sql.startsWith("COPY ") && sql.contains("binary"));
      }
      assertThat(rig.query("SELECT 1 FROM pg_namespace WHERE nspname = 'new_schema'")).isEmpty();
    }
  }

  @Test
  void anExistingTableIsLookedAt(BufferAllocator allocator) throws Exception {
    try (Rig rig = new Rig(allocator, Map.of())) {
      rig.execute("CREATE TABLE t (id int)");

      assertThat(rig.destination.preview(plan(rig, WriteMode.APPEND, 1)))
          .contains(
              "ALTER TABLE \"public\".\"t\" ALTER COLUMN \"id\" TYPE bigint USING"
                  + " \"id\"::bigint, ADD COLUMN \"name\" text");
      assertThat(rig.destination.preview(plan(rig, WriteMode.OVERWRITE, 1)))
          .anyMatch(sql -> sql.startsWith("DROP TABLE \"public\".\"t\""));
      assertThat(rig.destination.preview(plan(rig, WriteMode.APPEND_DEDUP, 1)))
          .anyMatch(sql -> sql.startsWith("CREATE UNIQUE INDEX"))
          .anyMatch(sql -> sql.contains("ON CONFLICT (\"id\") DO UPDATE"));
      rig.load(plan(rig, WriteMode.APPEND_DEDUP, 1), List.of(Row.of(1L, "a")));
      assertThat(rig.destination.preview(plan(rig, WriteMode.APPEND_DEDUP, 2)))
          .noneMatch(sql -> sql.startsWith("CREATE UNIQUE INDEX"));
    }
  }

  private static LoadPlan plan(Rig rig, WriteMode mode, long sync) {
    List<String> key = mode.dedups() ? List.of("id") : List.of();
    return rig.plan("t", SCHEMA, mode, sync, key, mode.dedups() ? "name" : null);
  }
}
