package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Columns with one value in every row: the staging table fills them, and nobody can tell. */
@ExtendWith(AllocatorExtension.class)
final class ConstantColumnsTest {
  private static final String META = "{\"sync_id\":7,\"o'clock\":[]}";
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("_airbyte_meta", new LogicalType.Json()),
              Fields.of("_airbyte_generation_id", new LogicalType.Int(64))));
  private static final String LANDED = "SELECT * FROM things ORDER BY id";
  private static final String STORED = "|{\"o'clock\": [], \"sync_id\": 7}|3";
  private static final String DEFAULTS =
      "SELECT count(*) FROM pg_attrdef WHERE adrelid = 'things'::regclass";

  @Test
  void everyModeStoresTheirValuesAndLeavesNoDefault(BufferAllocator allocator) throws Exception {
    for (WriteMode mode : WriteMode.values()) {
      try (Rig rig = new Rig(allocator, Map.of())) {
        rig.load(plan(rig, mode), rows(1, 2));

        assertThat(rig.query(LANDED)).as("%s", mode).containsExactly("1" + STORED, "2" + STORED);
        assertThat(rig.one(DEFAULTS)).as("defaults after %s", mode).isEqualTo("0");
      }
    }
  }

  @Test
  void aLoadGoesOnWithThem(BufferAllocator allocator) throws Exception {
    try (Rig rig = new Rig(allocator, Map.of())) {
      LoadPlan plan = plan(rig, WriteMode.OVERWRITE);
      try (StreamLoader loader = rig.destination.open(plan)) {
        rig.write(loader, plan, "p0", 0, rows(1, 1));
      }
      try (StreamLoader loader = rig.destination.open(plan)) {
        rig.write(loader, plan, "p1", 1, rows(2, 2));
        loader.finish();
      }

      assertThat(rig.query(LANDED)).containsExactly("1" + STORED, "2" + STORED);
      assertThat(rig.one(DEFAULTS)).isEqualTo("0");
    }
  }

  /** Another job that goes on with a read says its own number; what is loaded stays as it is. */
  @Test
  void aLoadGoesOnWithOtherValues(BufferAllocator allocator) throws Exception {
    String later = "{\"sync_id\":8}";
    for (WriteMode mode : WriteMode.values()) {
      try (Rig rig = new Rig(allocator, Map.of())) {
        LoadPlan plan = plan(rig, mode);
        try (StreamLoader loader = rig.destination.open(plan)) {
          rig.write(loader, plan, "p0", 0, rows(1, 2));
        }
        LoadPlan goesOn = plan(rig, mode, later);
        try (StreamLoader loader = rig.destination.open(goesOn)) {
          assertThat(loader.commits()).as("%s", mode).hasSize(1);
          rig.write(loader, goesOn, "p1", 1, List.of(Row.of(3L, later, 3L)));
          loader.finish();
        }

        assertThat(rig.query(LANDED))
            .as("%s", mode)
            .containsExactly("1" + STORED, "2" + STORED, "3|{\"sync_id\": 8}|3");
        assertThat(rig.one(DEFAULTS)).as("defaults after %s", mode).isEqualTo("0");
      }
    }
  }

  @Test
  void theTargetsOwnDefaultsStay(BufferAllocator allocator) throws Exception {
    try (Rig rig = new Rig(allocator, Map.of())) {
      rig.execute(
          "CREATE TABLE things (id bigint, _airbyte_meta jsonb DEFAULT '[]',"
              + " _airbyte_generation_id bigint)");
      rig.load(plan(rig, WriteMode.OVERWRITE), rows(1, 1));

      rig.execute("INSERT INTO things (id) VALUES (2)");
      assertThat(rig.query(LANDED)).containsExactly("1" + STORED, "2|[]|null");
    }
  }

  @Test
  void columnsOfOtherTypesAreSent(BufferAllocator allocator) throws Exception {
    try (Rig rig = new Rig(allocator, Map.of())) {
      rig.execute(
          "CREATE TABLE things (id bigint PRIMARY KEY, _airbyte_meta text,"
              + " _airbyte_generation_id numeric)");
      rig.load(plan(rig, WriteMode.APPEND_DEDUP), rows(1, 1));

      assertThat(rig.query(LANDED)).containsExactly("1|" + META + "|3");
    }
  }

  private static LoadPlan plan(Rig rig, WriteMode mode) {
    return plan(rig, mode, META);
  }

  private static LoadPlan plan(Rig rig, WriteMode mode, String meta) {
    return new LoadPlan(
        "test",
        7,
        3,
        Rig.STREAM,
        rig.plan("things", SCHEMA, mode, 7).target(),
        SCHEMA,
        mode,
        mode.dedups() ? List.of("id") : List.of(),
        null,
        Map.of("_airbyte_meta", meta, "_airbyte_generation_id", "3"));
  }

  private static List<Row> rows(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(id -> Row.of(id, META, 3L)).toList();
  }
}
