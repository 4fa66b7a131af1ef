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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AllocatorExtension.class)
final class LoadModesTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("name", new LogicalType.Text()),
              Fields.of("version", new LogicalType.Int(32))));

  private Rig rig;

  LoadModesTest() {}

  @BeforeEach
  void open(BufferAllocator allocator) {
    rig = new Rig(allocator, Map.of());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void appendAddsRowsSyncBySync() throws Exception {
    rig.load(rig.plan("t", SCHEMA, WriteMode.APPEND, 1), rows(1, 2));
    long published = rig.load(rig.plan("t", SCHEMA, WriteMode.APPEND, 2), rows(3)).rowsPublished();

    assertThat(published).isEqualTo(1);
    assertThat(rig.query("SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "3");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void overwriteReplacesAllRows() throws Exception {
    rig.load(rig.plan("t", SCHEMA, WriteMode.OVERWRITE, 1), rows(1, 2));
    long published =
        rig.load(rig.plan("t", SCHEMA, WriteMode.OVERWRITE, 2), rows(3)).rowsPublished();

    assertThat(published).isEqualTo(1);
    assertThat(rig.query("SELECT id FROM t ORDER BY id")).containsExactly("3");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void overwriteWithNothingLeavesAnEmptyTable() throws Exception {
    rig.load(rig.plan("t", SCHEMA, WriteMode.OVERWRITE, 1), rows(1, 2));
    rig.load(rig.plan("t", SCHEMA, WriteMode.OVERWRITE, 2), List.of());

    assertThat(rig.query("SELECT id FROM t")).isEmpty();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void overwriteDedupKeepsTheNewestRowOfEachKey() throws Exception {
    LoadPlan plan = rig.plan("t", SCHEMA, WriteMode.OVERWRITE_DEDUP, 1, List.of("id"), "version");
    long published =
        rig.load(
                plan,
                List.of(
                    Row.of(1L, "old", 1L),
                    Row.of(1L, "new", 2L),
                    Row.of(1L, "no cursor", null),
                    Row.of(2L, "first", 5L),
                    Row.of(2L, "second", 5L)))
            .rowsPublished();

    assertThat(published).isEqualTo(2);
    assertThat(rig.query("SELECT * FROM t ORDER BY id")).containsExactly("1|new|2", "2|second|5");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void appendDedupMergesAndNeverGoesBack() throws Exception {
    rig.load(merge(1), List.of(Row.of(1L, "a", 5L), Row.of(2L, "b", null), Row.of(3L, "c", 1L)));
    long published =
        rig.load(
                merge(2),
                List.of(
                    Row.of(1L, "older", 4L),
                    Row.of(2L, "still none", null),
                    Row.of(3L, "same cursor", 1L),
                    Row.of(4L, "new", 1L)))
            .rowsPublished();

    assertThat(published).isEqualTo(3);
    assertThat(rig.query("SELECT * FROM t ORDER BY id"))
        .containsExactly("1|a|5", "2|still none|null", "3|same cursor|1", "4|new|1");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void appendDedupWithoutCursorGoesByExtractionOrder() throws Exception {
    LoadPlan plan = rig.plan("t", SCHEMA, WriteMode.APPEND_DEDUP, 1, List.of("id"), null);
    try (var loader = rig.destination.open(plan)) {
      rig.write(loader, plan, "later", 1, List.of(Row.of(1L, "second partition", 0L)));
      rig.write(loader, plan, "earlier", 0, List.of(Row.of(1L, "first partition", 9L)));
      loader.finish();
    }

    assertThat(rig.query("SELECT name FROM t")).containsExactly("second partition");
  }

  @Test
  void finishIsSafeToRepeatAlsoInAnotherProcess() throws Exception {
    rig.load(merge(1), rows(1));
    LoadPlan plan = merge(2);
    try (var loader = rig.destination.open(plan)) {
      rig.write(loader, plan, "p0", 0, rows(1, 2));
      assertThat(loader.finish().rowsPublished()).isEqualTo(2);
      assertThat(loader.finish().rowsPublished()).isEqualTo(2);
    }
    try (var other = rig.another(Map.of());
        var loader = other.open(plan)) {
      assertThat(loader.commits()).hasSize(1);
      assertThat(loader.finish().rowsPublished()).isEqualTo(2);
    }
    assertThat(rig.query("SELECT id FROM t ORDER BY id")).containsExactly("1", "2");
  }

  private LoadPlan merge(long syncId) {
    return rig.plan("t", SCHEMA, WriteMode.APPEND_DEDUP, syncId, List.of("id"), "version");
  }

  private List<String> leftovers() {
    return rig.query(
        "SELECT relname FROM pg_class WHERE relname LIKE '\\_millrace%' AND relkind = 'r'"
            + " AND relname NOT LIKE '\\_millrace\\_commits%'");
  }

  private static List<Row> rows(long... ids) {
    return java.util.Arrays.stream(ids).mapToObj(id -> Row.of(id, "name" + id, 1L)).toList();
  }
}
