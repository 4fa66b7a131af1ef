package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** An overwrite replaces the whole target in one step, at its end. */
public interface DestinationOverwriteSuite extends DestinationSuite {
  /** How often a target is replaced under a reader. */
  int SWAPS = 8;

  /** Where there is no overwrite, opening says so. */
  @Test
  default void overwriteIsRefusedWhereThereIsNone(DestinationProbe probe) {
    Refusal.assertRefused(probe, WriteMode.OVERWRITE);
  }

  /** The new rows are there, the old ones are not. */
  @Test
  default void overwriteReplacesWhatIsThere(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.OVERWRITE);
    Sync sync = probe.sync(WriteMode.OVERWRITE);
    probe.run(sync, DestinationProbe.rows(0, 30));
    probe.assertRows("the first overwrite", sync, DestinationProbe.rows(0, 30));
    Load second = probe.run(sync.next(), DestinationProbe.rows(20, 25));
    probe.assertRows("the second overwrite", second.sync(), DestinationProbe.rows(20, 25));
  }

  /** Nothing of the new rows shows before the end, whatever is committed. */
  @Test
  default void overwriteShowsNothingBeforeItsEnd(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.OVERWRITE);
    probe.needs(DestinationCapability.READ_WHILE_LOADING);
    Sync sync = probe.sync(WriteMode.OVERWRITE);
    List<Row> old = DestinationProbe.rows(0, 10);
    probe.run(sync, old);
    try (Load load = probe.load(sync.next())) {
      probe.assertVisible("after opening", sync, old);
      load.write("p", 0, DestinationProbe.rows(100, 110));
      probe.assertVisible("after a write", sync, old);
      load.commit("p", true);
      load.closeWriters();
      probe.assertVisible("after the last commit", sync, old);
    }
    probe.assertRows("after a close without finish", sync, old);
  }

  /** A sync that is given up leaves the old rows, and nothing of it shows in the next. */
  @Test
  default void overwriteThatIsGivenUpLeavesTheOldRows(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.OVERWRITE);
    Sync sync = probe.sync(WriteMode.OVERWRITE);
    List<Row> old = DestinationProbe.rows(0, 10);
    probe.run(sync, old);
    try (Load load = probe.load(sync.next())) {
      load.write("p", 0, DestinationProbe.rows(100, 110));
      load.commit("p", true);
      load.write("q", 1, DestinationProbe.rows(110, 120));
    }
    probe.assertRows("after a sync that was given up", sync, old);
    probe.run(sync.next().next(), DestinationProbe.rows(200, 205));
    probe.assertRows("after the next sync", sync, DestinationProbe.rows(200, 205));
  }

  /** No rows replace all rows; the target stays with its columns. */
  @Test
  default void overwriteWithNothingLeavesAnEmptyTarget(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.OVERWRITE);
    Sync sync = probe.sync(WriteMode.OVERWRITE);
    probe.run(sync, DestinationProbe.rows(0, 10));
    try (Load load = probe.load(sync.next())) {
      assertThat(load.finish().rowsPublished()).as("rows published").isZero();
    }
    probe.assertRows("after an overwrite without rows", sync, List.of());
  }

  /** The columns are those of the new rows alone. */
  @Test
  default void overwriteReplacesTheColumns(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.OVERWRITE);
    Sync sync = probe.sync(WriteMode.OVERWRITE);
    probe.run(sync, DestinationProbe.rows(0, 10));
    Schema changed =
        new Schema(
            List.of(
                Fields.of(DestinationProbe.ID, new LogicalType.Text()),
                Fields.of("other", new LogicalType.Int(64))));
    Sync next = sync.next().with(changed);
    List<Row> rows = List.of(Row.of("one", 1L), Row.of("two", 2L));
    probe.run(next, rows);
    probe.assertRows("after an overwrite with other columns", next, rows);
  }

  /** What was discarded does not show. */
  @Test
  default void overwriteBeginsAgainAfterDiscard(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.OVERWRITE);
    Sync sync = probe.sync(WriteMode.OVERWRITE);
    List<Row> rows = DestinationProbe.rows(0, 10);
    try (Load load = probe.load(sync)) {
      load.write("p", 0, DestinationProbe.rows(100, 110));
      load.commit("p", true);
    }
    try (Load load = probe.load(sync)) {
      assertThat(load.found()).as("commits before the discard").hasSize(1);
      load.loader().discard();
      load.loader().discard();
      assertThat(load.loader().commits()).as("commits after the discard").isEmpty();
    }
    probe.run(sync, rows);
    probe.assertRows("after a discard", sync, rows);
  }

  /** A reader that polls all the while sees whole contents only, and never none. */
  @Test
  default void overwriteIsOneStepForReaders(DestinationProbe probe) throws Exception {
    probe.needs(WriteMode.OVERWRITE);
    probe.needs(DestinationCapability.READ_WHILE_LOADING);
    Sync sync = probe.sync(WriteMode.OVERWRITE);
    probe.run(sync, SwapWatch.content(0));
    try (SwapWatch watch = SwapWatch.begin(probe, sync)) {
      for (int i = 1; i <= SWAPS; i++) {
        sync = sync.next();
        probe.run(sync, SwapWatch.content(i));
        watch.awaitLooks(1);
      }
      watch.assertWhole(probe.can(DestinationCapability.EXACT_SWAP));
    }
    probe.assertRows("after the last overwrite", sync, SwapWatch.content(SWAPS));
  }
}
