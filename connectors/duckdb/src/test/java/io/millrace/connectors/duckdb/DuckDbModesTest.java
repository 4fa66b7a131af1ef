package io.millrace.connectors.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.Destination;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What each write mode leaves in the file. */
@ExtendWith(AllocatorExtension.class)
class DuckDbModesTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("at", new LogicalType.Int(32)),
              Fields.of("text", new LogicalType.Text())));
  private static final String ALL = "SELECT * FROM orders ORDER BY ALL";

  @TempDir Path folder = Path.of("");
  private Bench bench = new Bench(new org.apache.arrow.memory.RootAllocator(0), folder, "none");

  @BeforeEach
  void open(BufferAllocator allocator) {
    bench = new Bench(allocator, folder, "shop.duckdb");
  }

  private static LoadPlan append(long sync) {
    return Bench.plan(sync, WriteMode.APPEND, SCHEMA, List.of(), null);
  }

  private static LoadPlan overwrite(long sync) {
    return Bench.plan(sync, WriteMode.OVERWRITE, SCHEMA, List.of(), null);
  }

  private static LoadPlan merge(long sync) {
    return Bench.plan(sync, WriteMode.APPEND_DEDUP, SCHEMA, List.of("id"), "at");
  }

  @Test
  void appendAddsAndTheFileStandsAlone() throws Exception {
    assertThat(bench.sync(append(1), Row.of(1L, 1L, "a"))).isEqualTo(new FinishReceipt(1));
    assertThat(bench.sync(append(2), Row.of(1L, 1L, "a"), Row.of(2L, null, null)))
        .isEqualTo(new FinishReceipt(2));

    assertThat(folder.resolve("shop.duckdb.wal")).doesNotExist();
    assertThat(bench.query(ALL)).containsExactly("1|1|a", "1|1|a", "2|null|null");
  }

  @Test
  void whatIsNotCommittedIsGone() throws Exception {
    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(append(1))) {
      try (BatchWriter writer = loader.writer("p0", 0)) {
        bench.add(writer, SCHEMA, Row.of(1L, 1L, "kept"));
        assertThat(writer.commit(Bench.commit("p0", 1, 1))).isEqualTo(1);
        bench.add(writer, SCHEMA, Row.of(2L, 1L, "lost"));
      }
      assertThat(loader.commits()).containsExactly(Bench.commit("p0", 1, 1));
    }
    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(append(1))) {
      assertThat(loader.commits()).extracting(Commit::sequence).containsExactly(1L);
      bench.write(loader, SCHEMA, "p0", 0, 2, Row.of(3L, 1L, "next"));
      bench.write(loader, SCHEMA, "p1", 1, 1, Row.of(4L, 1L, "side"));
      assertThat(loader.commits()).extracting(Commit::sequence).containsExactly(2L, 1L);
      assertThat(loader.finish().rowsPublished()).isEqualTo(3);
    }
    assertThat(bench.query(ALL)).containsExactly("1|1|kept", "3|1|next", "4|1|side");
  }

  @Test
  void overwriteShowsTheOldRowsUntilItFinishes() throws Exception {
    bench.sync(overwrite(1), Row.of(1L, 1L, "old"));
    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(overwrite(2))) {
      bench.write(loader, SCHEMA, "p0", 0, 1, Row.of(2L, 1L, "new"));
    }
    assertThat(bench.query(ALL)).containsExactly("1|1|old");

    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(overwrite(2))) {
      assertThat(loader.commits()).hasSize(1);
      bench.write(loader, SCHEMA, "p1", 1, 1, Row.of(3L, 1L, "new"));
      assertThat(loader.finish().rowsPublished()).isEqualTo(2);
      assertThat(loader.finish().rowsPublished()).as("again").isEqualTo(2);
    }
    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(overwrite(2))) {
      assertThat(loader.commits()).as("known after the publication").hasSize(2);
      assertThat(loader.finish().rowsPublished()).as("by a later process").isEqualTo(2);
    }
    assertThat(bench.query(ALL)).containsExactly("2|1|new", "3|1|new");
    assertThat(bench.query("SHOW TABLES")).containsExactly("Orders");
  }

  @Test
  void anAbandonedSyncLeavesNothingToTheNext() throws Exception {
    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(overwrite(1))) {
      bench.write(loader, SCHEMA, "p0", 0, 1, Row.of(1L, 1L, "abandoned"));
    }
    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(overwrite(2))) {
      assertThat(loader.commits()).isEmpty();
      assertThat(loader.finish().rowsPublished()).isZero();
    }
    assertThat(bench.query(ALL)).isEmpty();
    assertThat(bench.query("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'"))
        .containsExactly("Orders");
  }

  @Test
  void discardBeginsAgainFromNothing() throws Exception {
    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(overwrite(1))) {
      bench.write(loader, SCHEMA, "p0", 0, 1, Row.of(1L, 1L, "first"));
      loader.discard();
      assertThat(loader.commits()).isEmpty();
      bench.write(loader, SCHEMA, "p0", 0, 1, Row.of(2L, 1L, "second"));
      assertThat(loader.finish().rowsPublished()).isEqualTo(1);
    }
    assertThat(bench.query(ALL)).containsExactly("2|1|second");
  }

  @Test
  void mergeKeepsTheNewestRowOfEachKey() throws Exception {
    bench.sync(
        merge(1),
        Row.of(1L, 10L, "a"),
        Row.of(2L, 10L, "b"),
        Row.of(3L, 10L, "c"),
        Row.of(4L, null, "d"),
        Row.of(1L, 9L, "older"),
        Row.of(5L, null, "unknown, older"),
        Row.of(5L, -1L, "known"));
    assertThat(bench.query(ALL))
        .containsExactly("1|10|a", "2|10|b", "3|10|c", "4|null|d", "5|-1|known");

    FinishReceipt second =
        bench.sync(
            merge(2),
            Row.of(1L, 11L, "newer"),
            Row.of(2L, 10L, "equal, extracted later"),
            Row.of(3L, 9L, "late arrival"),
            Row.of(4L, null, "equal nulls: later"),
            Row.of(6L, 1L, "new"));
    assertThat(bench.query(ALL))
        .containsExactly(
            "1|11|newer",
            "2|10|equal, extracted later",
            "3|10|c",
            "4|null|equal nulls: later",
            "5|-1|known",
            "6|1|new");
    assertThat(second.rowsPublished()).isEqualTo(4);
    assertThat(bench.query("SHOW TABLES")).containsExactly("Orders");
  }

  @Test
  void tiesGoToTheRowExtractedLast() throws Exception {
    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(merge(1))) {
      bench.write(loader, SCHEMA, "late", 1, 1, Row.of(1L, 5L, "partition 1"));
      bench.write(loader, SCHEMA, "early", 0, 1, Row.of(1L, 5L, "partition 0"));
      bench.write(loader, SCHEMA, "early", 0, 2, Row.of(2L, 5L, "first"), Row.of(2L, 5L, "second"));
    }
    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(merge(1))) {
      bench.write(loader, SCHEMA, "early", 0, 3, Row.of(2L, 5L, "third, after a restart"));
      assertThat(loader.finish().rowsPublished()).isEqualTo(2);
    }
    assertThat(bench.query(ALL)).containsExactly("1|5|partition 1", "2|5|third, after a restart");
  }

  @Test
  void withoutCursorExtractionOrderDecides() throws Exception {
    LoadPlan plan = Bench.plan(1, WriteMode.OVERWRITE_DEDUP, SCHEMA, List.of("id", "at"), null);
    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(plan)) {
      bench.write(
          loader,
          SCHEMA,
          "p0",
          0,
          1,
          Row.of(1L, 1L, "x"),
          Row.of(1L, 2L, "other key"),
          Row.of(1L, 1L, "y"));
      assertThat(loader.finish().rowsPublished()).isEqualTo(2);
      assertThat(loader.finish().rowsPublished()).isEqualTo(2);
    }
    assertThat(bench.query(ALL)).containsExactly("1|1|y", "1|2|other key");
    assertThat(bench.query("SELECT column_name FROM (DESCRIBE orders)"))
        .containsExactly("id", "at", "text");
  }

  @Test
  void aSyncOfNothingMakesAnEmptyTable() throws Exception {
    for (LoadPlan plan : List.of(append(1), overwrite(2), merge(3))) {
      try (Destination destination = bench.destination();
          StreamLoader loader = destination.open(plan)) {
        assertThat(loader.finish().rowsPublished()).isZero();
        assertThat(loader.target().fullName()).isEqualTo("main.Orders");
        assertThat(loader.target().renamedColumns()).isEqualTo(Map.of());
      }
      assertThat(bench.query(ALL)).isEmpty();
    }
  }

  @Test
  void aCopyOfTheFilesAtAnyMomentGoesOn(@TempDir Path elsewhere, BufferAllocator allocator)
      throws Exception {
    bench.sync(overwrite(1), Row.of(1L, 1L, "old"));
    try (Destination destination = bench.destination();
        StreamLoader loader = destination.open(overwrite(2))) {
      bench.write(loader, SCHEMA, "p0", 0, 1, Row.of(2L, 1L, "new"));
      // What a process that is killed now leaves behind.
      for (String name : List.of("shop.duckdb", "shop.duckdb.wal")) {
        if (Files.exists(folder.resolve(name))) {
          Files.copy(folder.resolve(name), elsewhere.resolve(name));
        }
      }
      loader.finish();
    }
    Bench copy = new Bench(allocator, elsewhere, "shop.duckdb");
    assertThat(copy.query(ALL)).containsExactly("1|1|old");
    try (Destination destination = copy.destination();
        StreamLoader loader = destination.open(overwrite(2))) {
      assertThat(loader.commits()).hasSize(1);
      assertThat(loader.finish().rowsPublished()).isEqualTo(1);
    }
    assertThat(copy.query(ALL)).containsExactly("2|1|new");
  }
}
