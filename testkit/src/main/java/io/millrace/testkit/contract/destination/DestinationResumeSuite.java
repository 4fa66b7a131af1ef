package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Commit;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.Tally;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A load that ends anywhere goes on from what is durable, as if it had never ended. */
public interface DestinationResumeSuite extends DestinationSuite {
  /** How long a few rows may take on a busy machine. */
  Duration PATIENCE = Duration.ofMinutes(1);

  /** A crash at each point, then the rest: the exact content, and nothing early. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void resumeAfterACrashAnywhere(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    for (CrashPoint point : CrashPoint.values()) {
      Scenario scenario = Scenario.begin(probe, mode);
      scenario.runUntil(point);
      if (point.compareTo(CrashPoint.FINISHED) < 0) {
        probe.assertRows(
            mode + ", crashed at " + point + ", before the rest",
            scenario.sync(),
            scenario.expectedBeforeTheEnd(point));
      }
      scenario.runUntil(CrashPoint.NEVER);
      probe.assertRows(
          mode + ", crashed at " + point + ", then completed",
          scenario.sync(),
          scenario.expected());
      scenario.runUntil(CrashPoint.NEVER);
      probe.assertRows(
          mode + ", crashed at " + point + ", completed twice",
          scenario.sync(),
          scenario.expected());
    }
  }

  /** One sync that crashes at every point in turn. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void resumeAfterManyCrashes(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    Scenario scenario = Scenario.begin(probe, mode);
    for (CrashPoint point : CrashPoint.values()) {
      scenario.runUntil(point);
    }
    probe.assertRows(mode + ", crashed everywhere", scenario.sync(), scenario.expected());
  }

  /** A commit comes back exactly as it was recorded, from the same loader and from another. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void resumeFindsCommitsAsTheyWere(WriteMode mode, DestinationProbe probe)
      throws Exception {
    probe.needs(mode);
    Sync sync = probe.sync(mode);
    List<Commit> recorded =
        List.of(
            new Commit(
                "a.1_B-2",
                1,
                new Checkpoint(3, "{\"k\": \"'|\\\\\\n\\u0000 ü🚀\", \"n\": [1,2]}"),
                false,
                new Tally(9, 2, 3, 4, Long.MAX_VALUE)),
            new Commit("x".repeat(100), 1, null, true, new Tally(2, 2, 0, 0, 1)));
    try (Load load = probe.load(sync)) {
      int ordinal = 0;
      for (Commit commit : recorded) {
        try (BatchWriter writer = load.loader().writer(commit.partitionId(), ordinal++);
            RecordBatch batch =
                Batches.batch(
                    probe.bench().allocator(), sync.schema(), DestinationProbe.rows(0, 2))) {
          writer.write(batch);
          writer.commit(commit);
        }
      }
      assertThat(load.loader().commits()).containsExactlyInAnyOrderElementsOf(recorded);
    }
    try (Load load = probe.load(sync)) {
      assertThat(load.found()).containsExactlyInAnyOrderElementsOf(recorded);
    }
  }

  /** Only the newest commit of a partition counts. */
  @Test
  default void resumeFindsTheNewestCommit(DestinationProbe probe) throws Exception {
    Sync sync = anyMode(probe);
    Commit last;
    try (Load load = probe.load(sync)) {
      for (int i = 0; i < 12; i++) {
        load.write("p", 0, DestinationProbe.rows(i, i + 1));
        load.commit("p", false);
      }
      last = load.commit("p", true);
    }
    try (Load load = probe.load(sync)) {
      assertThat(load.found()).containsExactly(last);
    }
  }

  /** The next sync, another connection and another stream find nothing of this one. */
  @Test
  default void resumeKeepsSyncsApart(DestinationProbe probe) throws Exception {
    Sync sync = anyMode(probe);
    Sync otherConnection = probe.sync(sync.mode());
    Sync otherStream =
        new Sync(
            sync.connectionId(),
            sync.id(),
            otherConnection.stream(),
            probe.sync(sync.mode()).target(),
            sync.schema(),
            sync.mode(),
            sync.key(),
            sync.cursor());
    try (Load load = probe.load(sync)) {
      load.write("p", 0, DestinationProbe.rows(0, 2));
      load.commit("p", true);
    }
    for (Sync other : List.of(otherConnection, otherStream)) {
      probe.run(other, DestinationProbe.rows(7, 9));
      probe.assertRows("another connection or stream", other, DestinationProbe.rows(7, 9));
    }
    try (Load load = probe.load(sync)) {
      assertThat(load.found()).as("commits of the interrupted sync").hasSize(1);
      load.finish();
    }
    probe.assertRows("the interrupted sync, completed", sync, DestinationProbe.rows(0, 2));
    try (Load load = probe.load(sync.next())) {
      assertThat(load.found()).as("commits found by the next sync").isEmpty();
    }
  }

  /** Publishing twice, in one process or in two, publishes once. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void resumeFinishesOnce(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    Scenario scenario = Scenario.begin(probe, mode);
    scenario.runUntil(CrashPoint.ALL_DONE);
    FinishReceipt first;
    try (Load load = probe.load(scenario.sync())) {
      first = load.finish();
      assertThat(load.loader().finish()).as("a second finish").isEqualTo(first);
    }
    try (Load load = probe.load(scenario.sync())) {
      load.finish();
    }
    probe.assertRows(mode + ", finished three times", scenario.sync(), scenario.expected());
  }

  /** A commit whose sequence is durable already is refused or does nothing. */
  @Test
  default void resumeDoublesNothingWhenACommitIsRepeated(DestinationProbe probe) throws Exception {
    Sync sync = anyMode(probe);
    Commit commit;
    try (Load load = probe.load(sync)) {
      load.write("p", 0, DestinationProbe.rows(0, 5));
      commit = load.commit("p", false);
    }
    try (Load load = probe.load(sync);
        RecordBatch batch =
            Batches.batch(probe.bench().allocator(), sync.schema(), DestinationProbe.rows(0, 5))) {
      try (BatchWriter writer = load.loader().writer("p", 0)) {
        writer.write(batch);
        writer.commit(commit);
      } catch (ConnectorException e) {
        assertThat(e.userMessage()).isNotBlank();
      }
    }
    try (Load load = probe.load(sync)) {
      load.begin("p", 0);
      load.commit("p", true);
      load.finish();
    }
    probe.assertRows("a commit repeated", sync, DestinationProbe.rows(0, 5));
  }

  /** A process that was taken for dead, and is not, doubles nothing when it writes on. */
  @Test
  default void resumeDoublesNothingWhenAnOldProcessWritesOn(DestinationProbe probe)
      throws Exception {
    Sync sync = anyMode(probe);
    try (Load old = probe.load(sync)) {
      old.begin("p", 0);
      Worker.start(() -> commitFive(probe.load(sync))).finish(PATIENCE);
      try {
        old.write("p", 0, DestinationProbe.rows(0, 5));
        old.commit("p", false);
      } catch (ConnectorException e) {
        assertThat(e.userMessage()).isNotBlank();
      }
    }
    try (Load last = probe.load(sync)) {
      last.begin("p", 0);
      last.commit("p", true);
      last.finish();
    }
    probe.assertRows("two processes that wrote the same", sync, DestinationProbe.rows(0, 5));
  }

  private static void commitFive(Load load) throws InterruptedException {
    try (load) {
      load.write("p", 0, DestinationProbe.rows(0, 5));
      load.commit("p", false);
    }
  }

  /** A column that comes while a sync is interrupted is null in the rows already durable. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void resumeTakesANewColumn(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    probe.needs(DestinationCapability.SCHEMA_CHANGE);
    Sync sync = probe.sync(mode);
    try (Load load = probe.load(sync)) {
      load.write("a", 0, DestinationProbe.rows(0, 2));
      load.commit("a", true);
    }
    List<Field> fields = new ArrayList<>(sync.schema().getFields());
    fields.add(Fields.of("added", new LogicalType.Text()));
    Sync wider = sync.with(new Schema(fields));
    List<Row> expected = new ArrayList<>();
    DestinationProbe.rows(0, 2)
        .forEach(row -> expected.add(Row.of(row.get(0), row.get(1), row.get(2), null)));
    Row added = Row.of(2L, "row", 2L, "added");
    expected.add(added);
    try (Load load = probe.load(wider)) {
      assertThat(load.found()).as("commits found").hasSize(1);
      load.write("b", 1, List.of(added));
      load.commit("b", true);
      load.finish();
    }
    probe.assertRows(mode + ", with a column that came late", wider, expected);
  }

  private static Sync anyMode(DestinationProbe probe) {
    Set<WriteMode> modes = probe.open().traits().writeModes();
    Assumptions.assumeFalse(modes.isEmpty());
    return probe.sync(modes.stream().sorted().findFirst().orElseThrow());
  }
}
