package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One row per key: the newest by cursor, among equals the one extracted last. */
public interface DestinationDedupSuite extends DestinationSuite {
  /** Where there is no dedup, opening says so. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"OVERWRITE_DEDUP", "APPEND_DEDUP"})
  default void dedupIsRefusedWhereThereIsNone(WriteMode mode, DestinationProbe probe) {
    Refusal.assertRefused(probe, mode);
  }

  /** The newest wins within a batch, from batch to batch and from partition to partition. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"OVERWRITE_DEDUP", "APPEND_DEDUP"})
  default void dedupKeepsTheNewest(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    Sync sync = probe.sync(mode);
    try (Load load = probe.load(sync)) {
      load.write("a", 0, List.of(row(1, "old", 1), row(1, "newest in batch", 9), row(1, "mid", 5)));
      load.write("a", 0, List.of(row(2, "newest in first batch", 7), row(3, "old", 3)));
      load.commit("a", false);
      load.write("a", 0, List.of(row(2, "older, later batch", 6), row(3, "newest", 8)));
      load.commit("a", true);
      load.write("b", 1, List.of(row(3, "older, later partition", 4), row(4, "old", 2)));
      load.commit("b", true);
      load.write("c", 2, List.of(row(4, "newest", 3)));
      load.commit("c", true);
      assertThat(load.finish().rowsPublished()).as("rows published, one per key").isEqualTo(4);
    }
    probe.assertRows(
        "newest by cursor",
        sync,
        List.of(
            row(1, "newest in batch", 9),
            row(2, "newest in first batch", 7),
            row(3, "newest", 8),
            row(4, "newest", 3)));
  }

  /** Among equal cursors the later partition wins, then the later row, not the later commit. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"OVERWRITE_DEDUP", "APPEND_DEDUP"})
  default void dedupBreaksTiesByExtractionOrder(WriteMode mode, DestinationProbe probe)
      throws Exception {
    probe.needs(mode);
    Sync sync = probe.sync(mode);
    try (Load load = probe.load(sync)) {
      load.write("late", 7, List.of(row(1, "last", 5), row(2, "x", 5), row(2, "last", 5)));
      load.commit("late", true);
      load.write("early", 2, List.of(row(1, "first", 5), row(2, "first", 5), row(3, "only", 5)));
      load.commit("early", false);
      load.write("early", 2, List.of(row(3, "last", 5)));
      load.commit("early", true);
      load.finish();
    }
    probe.assertRows(
        "ties by partition, then by row",
        sync,
        List.of(row(1, "last", 5), row(2, "last", 5), row(3, "last", 5)));
  }

  /** Without a cursor the row extracted last wins. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"OVERWRITE_DEDUP", "APPEND_DEDUP"})
  default void dedupGoesWithoutACursor(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    Sync sync = probe.sync(mode).by(List.of(DestinationProbe.ID), null);
    probe.run(sync, List.of(row(1, "first", 9), row(1, "last", 1), row(2, "only", 5)));
    probe.assertRows("last extracted", sync, List.of(row(1, "last", 1), row(2, "only", 5)));
    if (mode == WriteMode.APPEND_DEDUP) {
      probe.run(sync.next(), List.of(row(2, "later sync", 0)));
      probe.assertRows(
          "last extracted, over two syncs",
          sync,
          List.of(row(1, "last", 1), row(2, "later sync", 0)));
    }
  }

  /** A merge takes newer rows, keeps those that are newer already, and takes ties. */
  @Test
  default void dedupMergesByCursor(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.APPEND_DEDUP);
    Sync sync = probe.sync(WriteMode.APPEND_DEDUP);
    probe.run(sync, List.of(row(1, "a", 5), row(2, "b", 5), row(3, "c", 5), row(4, "d", 5)));
    List<Row> second = List.of(row(1, "newer", 6), row(2, "older", 4), row(3, "tie", 5));
    probe.run(sync.next(), second);
    List<Row> expected =
        List.of(row(1, "newer", 6), row(2, "b", 5), row(3, "tie", 5), row(4, "d", 5));
    probe.assertRows("a merge", sync, expected);
    probe.run(sync.next().next(), second);
    probe.assertRows("the same merge again", sync, expected);
    probe.run(sync.next().next().next(), List.of());
    probe.assertRows("a merge of nothing", sync, expected);
  }

  /** An overwrite forgets keys that came no more. */
  @Test
  default void dedupOverwriteForgetsOldKeys(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.OVERWRITE_DEDUP);
    Sync sync = probe.sync(WriteMode.OVERWRITE_DEDUP);
    probe.run(sync, List.of(row(1, "a", 50), row(2, "b", 50)));
    probe.run(sync.next(), List.of(row(2, "new", 1), row(2, "newer", 2)));
    probe.assertRows("an overwrite by key", sync, List.of(row(2, "newer", 2)));
  }

  /** A missing cursor is older than any other. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"OVERWRITE_DEDUP", "APPEND_DEDUP"})
  default void dedupTakesNullForTheOldest(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    Sync sync = probe.sync(mode);
    probe.run(
        sync,
        List.of(
            Row.of(1L, "null", null),
            row(1, "newest", Long.MIN_VALUE + 1),
            Row.of(1L, "null, later", null),
            Row.of(2L, "first null", null),
            Row.of(2L, "last null", null)));
    probe.assertRows(
        "rows without a cursor",
        sync,
        List.of(row(1, "newest", Long.MIN_VALUE + 1), Row.of(2L, "last null", null)));
  }

  /** Cursors are compared as what they are, to the last digit. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"OVERWRITE_DEDUP", "APPEND_DEDUP"})
  default void dedupComparesCursorsExactly(WriteMode mode, DestinationProbe probe)
      throws Exception {
    probe.needs(mode);
    assertNewest(probe, mode, new LogicalType.Int(64), Long.MAX_VALUE - 1, Long.MAX_VALUE);
    assertNewest(
        probe,
        mode,
        new LogicalType.TimestampTz(),
        Instant.parse("2024-10-27T01:30:00.000001Z"),
        Instant.parse("2024-10-27T01:30:00.000002Z"));
    assertNewest(
        probe, mode, new LogicalType.Date(), LocalDate.of(999, 1, 1), LocalDate.of(2024, 1, 1));
    assertNewest(
        probe,
        mode,
        new LogicalType.Decimal(38, 2),
        new BigDecimal("999999999999999999999999999999999999.98"),
        new BigDecimal("999999999999999999999999999999999999.99"));
    assertNewest(probe, mode, new LogicalType.Int(64), 9L, 10L);
  }

  /** Keys of several columns and of hostile values are told apart. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"OVERWRITE_DEDUP", "APPEND_DEDUP"})
  default void dedupTellsKeysApart(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    Schema schema =
        new Schema(
            List.of(
                Fields.of("a", new LogicalType.Text()),
                Fields.of("b", new LogicalType.Text()),
                Fields.of("u", new LogicalType.Uuid()),
                Fields.of("value", new LogicalType.Int(64))));
    Sync sync =
        probe
            .sync(DestinationProbe.unique("keys"), mode, schema)
            .by(List.of("a", "b", "u"), "value");
    List<String> texts = List.of("", " ", "x", "X", "x ", "é", "e\u0301", "'", "\"", "x,y", "ı");
    List<Row> rows = new ArrayList<>();
    for (String a : texts) {
      for (String b : texts) {
        rows.add(Row.of(a, b, new UUID(0, 1), 1L));
      }
    }
    rows.add(Row.of("x", "x", new UUID(0, 2), 1L));
    List<Row> twice = new ArrayList<>(rows);
    rows.forEach(row -> twice.add(Row.of(row.get(0), row.get(1), row.get(2), 0L)));
    probe.run(sync, twice);
    probe.assertRows("keys of several columns", sync, rows);
    probe.run(sync.next(), twice);
    probe.assertRows("the same keys again", sync, rows);
  }

  /** Nothing shows before the end. */
  @ParameterizedTest
  @EnumSource(
      value = WriteMode.class,
      names = {"OVERWRITE_DEDUP", "APPEND_DEDUP"})
  default void dedupShowsNothingBeforeItsEnd(WriteMode mode, DestinationProbe probe)
      throws Exception {
    probe.needs(mode);
    Sync sync = probe.sync(mode);
    List<Row> old = List.of(row(1, "a", 5), row(2, "b", 5));
    probe.run(sync, old);
    try (Load load = probe.load(sync.next())) {
      load.write("p", 0, List.of(row(1, "newer", 6), row(3, "c", 5)));
      load.commit("p", true);
      load.closeWriters();
      if (probe.can(DestinationCapability.READ_WHILE_LOADING)) {
        probe.assertVisible("before the end", sync, old);
      }
    }
    probe.assertRows("after a close without finish", sync, old);
  }

  private static void assertNewest(
      DestinationProbe probe, WriteMode mode, LogicalType type, Object older, Object newer)
      throws Exception {
    Schema schema =
        new Schema(
            List.of(
                Fields.of(DestinationProbe.ID, new LogicalType.Int(64)),
                Fields.of(DestinationProbe.VERSION, type)));
    Sync sync = probe.sync(DestinationProbe.unique("cursor"), mode, schema);
    probe.run(sync, List.of(Row.of(1L, newer), Row.of(1L, older), Row.of(2L, older)));
    probe.assertRows(
        "newest by a cursor of type " + type.display(),
        sync,
        List.of(Row.of(1L, newer), Row.of(2L, older)));
    if (mode == WriteMode.APPEND_DEDUP) {
      probe.run(sync.next(), List.of(Row.of(1L, older), Row.of(2L, newer)));
      probe.assertRows(
          "merged by a cursor of type " + type.display(),
          sync,
          List.of(Row.of(1L, newer), Row.of(2L, newer)));
    }
  }

  private static Row row(long id, String name, @Nullable Object version) {
    return version instanceof Integer whole
        ? Row.of(id, name, (long) whole)
        : Row.of(id, name, version);
  }
}
