package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.WriteMode;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * A target with rows, then a sync of two partitions that is interrupted somewhere and goes on from
 * what is durable, as the engine does.
 */
final class Scenario {
  private static final List<Row> BEFORE =
      List.of(row(1, "old", 1), row(2, "old", 9), row(3, "old", 3));
  private static final List<Row> FIRST = List.of(row(1, "new", 2), row(4, "a", 4), row(4, "b", 5));
  private static final List<Row> SECOND = List.of(row(2, "older", 8), row(5, "a", 1));
  private static final List<Row> OTHER = List.of(row(3, "tie", 3), row(5, "b", 1));

  private final DestinationProbe probe;
  private final Sync sync;

  private Scenario(DestinationProbe probe, Sync sync) {
    this.probe = probe;
    this.sync = sync;
  }

  /** Makes the target with its rows; the interrupted sync is the next one. */
  static Scenario begin(DestinationProbe probe, WriteMode mode) throws InterruptedException {
    Sync first = probe.sync(mode);
    probe.run(first, BEFORE);
    return new Scenario(probe, first.next());
  }

  Sync sync() {
    return sync;
  }

  /** Runs the sync in a new process until a point, where the process ends. */
  void runUntil(CrashPoint point) throws InterruptedException {
    try (Load load = probe.load(sync)) {
      run(load, point);
    }
  }

  private void run(Load load, CrashPoint point) throws InterruptedException {
    if (point == CrashPoint.OPENED) {
      return;
    }
    int durable = load.durableRows("a");
    assertThat(durable).as("rows durable of partition a").isIn(0, 3, 5);
    if (!done(load, "a")) {
      load.begin("a", 0);
      if (point == CrashPoint.WRITER_OPENED) {
        return;
      }
      if (durable == 0) {
        load.write("a", 0, FIRST);
        if (point == CrashPoint.FIRST_WRITE) {
          return;
        }
        load.commit("a", false);
        if (point == CrashPoint.FIRST_COMMIT) {
          return;
        }
      }
      load.write("a", 0, SECOND);
      if (point == CrashPoint.SECOND_WRITE) {
        return;
      }
      load.commit("a", true);
    }
    finish(load, point);
  }

  private void finish(Load load, CrashPoint point) throws InterruptedException {
    if (point == CrashPoint.ONE_PARTITION_DONE) {
      return;
    }
    if (!done(load, "b")) {
      load.write("b", 1, OTHER);
      if (point == CrashPoint.OTHER_PARTITION_WRITTEN) {
        return;
      }
      load.commit("b", true);
    }
    if (point == CrashPoint.ALL_DONE) {
      return;
    }
    load.finish();
  }

  private static boolean done(Load load, String partition) {
    return load.found().stream()
        .anyMatch(commit -> commit.partitionId().equals(partition) && commit.done());
  }

  /** Returns what the target must hold when the sync is complete. */
  List<Row> expected() {
    List<Row> added = new ArrayList<>(FIRST);
    added.addAll(SECOND);
    added.addAll(OTHER);
    return switch (sync.mode()) {
      case APPEND -> {
        added.addAll(BEFORE);
        yield added;
      }
      case OVERWRITE -> added;
      case OVERWRITE_DEDUP ->
          List.of(
              row(1, "new", 2),
              row(2, "older", 8),
              row(3, "tie", 3),
              row(4, "b", 5),
              row(5, "b", 1));
      case APPEND_DEDUP ->
          List.of(
              row(1, "new", 2), row(2, "old", 9), row(3, "tie", 3), row(4, "b", 5), row(5, "b", 1));
    };
  }

  /** Returns what a reader must see after an interruption before the end. */
  List<Row> expectedBeforeTheEnd(CrashPoint point) {
    List<Row> rows = new ArrayList<>(BEFORE);
    if (sync.mode() == WriteMode.APPEND) {
      rows.addAll(point.compareTo(CrashPoint.FIRST_COMMIT) >= 0 ? FIRST : List.of());
      rows.addAll(point.compareTo(CrashPoint.ONE_PARTITION_DONE) >= 0 ? SECOND : List.of());
      rows.addAll(point.compareTo(CrashPoint.ALL_DONE) >= 0 ? OTHER : List.of());
    }
    return rows;
  }

  private static Row row(long id, String name, long version) {
    return Row.of(id, name, version);
  }
}
