package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.WriteMode;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Appended rows are added to those that are there, once. */
public interface DestinationAppendSuite extends DestinationSuite {
  /** How long writing a few rows may take on a busy machine. */
  Duration PATIENCE = Duration.ofMinutes(1);

  /** Where there is no append, opening says so. */
  @Test
  default void appendIsRefusedWhereThereIsNone(DestinationProbe probe) {
    Refusal.assertRefused(probe, WriteMode.APPEND);
  }

  /** Each sync adds its rows, equal ones too. */
  @Test
  default void appendAddsToWhatIsThere(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.APPEND);
    Sync sync = probe.sync(WriteMode.APPEND);
    List<Row> rows = DestinationProbe.rows(0, 30);
    probe.run(sync, rows);
    probe.assertRows("the first append", sync, rows);
    probe.run(sync.next(), rows);
    List<Row> twice = new ArrayList<>(rows);
    twice.addAll(rows);
    probe.assertRows("the same rows appended by a second sync", sync, twice);
  }

  /** A row is visible as soon as it is committed, and not before. */
  @Test
  default void appendShowsRowsAtTheirCommit(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.APPEND);
    probe.needs(DestinationCapability.READ_WHILE_LOADING);
    Sync sync = probe.sync(WriteMode.APPEND);
    List<Row> rows = DestinationProbe.rows(0, 20);
    try (Load load = probe.load(sync)) {
      load.write("p", 0, rows.subList(0, 10));
      probe.assertVisible("before the commit", sync, List.of());
      load.commit("p", false);
      probe.assertVisible("after the commit", sync, rows.subList(0, 10));
      load.write("p", 0, rows.subList(10, 20));
      load.commit("p", true);
      load.finish();
    }
    probe.assertRows("after the end", sync, rows);
  }

  /** What was written and not committed is gone when the writer is closed. */
  @Test
  default void appendDropsWhatIsNotCommitted(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.APPEND);
    Sync sync = probe.sync(WriteMode.APPEND);
    List<Row> rows = DestinationProbe.rows(0, 20);
    try (Load load = probe.load(sync)) {
      load.write("p", 0, rows.subList(0, 10));
      load.commit("p", false);
      load.write("p", 0, rows.subList(10, 20));
    }
    probe.assertRows("after a close without commit", sync, rows.subList(0, 10));
  }

  /** A sync without a partition, and partitions without rows, are complete. */
  @Test
  default void appendTakesNothing(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.APPEND);
    Sync sync = probe.sync(WriteMode.APPEND);
    try (Load load = probe.load(sync)) {
      assertThat(load.finish().rowsPublished()).as("rows published by an empty sync").isZero();
    }
    probe.assertRows("after a sync without a partition", sync, List.of());
    try (Load load = probe.load(sync.next())) {
      load.begin("empty", 0);
      load.commit("empty", true);
      load.write("batch-without-rows", 1, List.of());
      load.commit("batch-without-rows", true);
      load.finish();
    }
    probe.assertRows("after partitions without rows", sync, List.of());
  }

  /** Partitions are written from several threads at once. */
  @Test
  default void appendTakesPartitionsFromSeveralThreads(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.APPEND);
    Sync sync = probe.sync(WriteMode.APPEND);
    List<Row> rows = DestinationProbe.rows(0, 400);
    try (Load load = probe.load(sync)) {
      List<Worker> workers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int ordinal = i;
        List<Row> part = rows.subList(i * 100, i * 100 + 100);
        workers.add(Worker.start(() -> writeInTwoCommits(load, ordinal, part)));
      }
      for (Worker worker : workers) {
        worker.finish(PATIENCE);
      }
      assertThat(load.finish().rowsPublished()).as("rows published").isEqualTo(rows.size());
    }
    probe.assertRows("partitions written at once", sync, rows);
  }

  private static void writeInTwoCommits(Load load, int ordinal, List<Row> rows)
      throws InterruptedException {
    String partition = "part-" + ordinal;
    load.write(partition, ordinal, rows.subList(0, rows.size() / 2));
    load.commit(partition, false);
    load.write(partition, ordinal, rows.subList(rows.size() / 2, rows.size()));
    load.commit(partition, true);
  }
}
