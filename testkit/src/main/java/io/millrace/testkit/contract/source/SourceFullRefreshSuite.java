package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Source;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.RowSets;
import io.millrace.testkit.contract.Sentences;
import io.millrace.testkit.contract.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A full read returns every row of the stream once. */
public interface SourceFullRefreshSuite extends SourceSuite {
  /** How long reading a small stream may take on a busy machine. */
  Duration PATIENCE = Duration.ofMinutes(1);

  /** A stream without rows has a schema and no rows. */
  @Test
  default void fullRefreshReadsAnEmptyStream(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.CREATE_STREAMS);
    assertWhole(probe, probe.given(0));
  }

  /** One row is not lost at the end. */
  @Test
  default void fullRefreshReadsOneRow(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.CREATE_STREAMS);
    assertWhole(probe, probe.given(1));
  }

  /** Sizes at which the last batch is almost full, full, and just begun. */
  @Test
  default void fullRefreshReadsAroundTheBatchSize(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.CREATE_STREAMS);
    int batch = probe.fixture().tuning().batchRowsMax();
    for (int rows : new int[] {batch - 1, batch, batch + 1}) {
      assertWhole(probe, probe.given(rows));
    }
  }

  /** Many batches carry every row once, and the same ones each time. */
  @Test
  default void fullRefreshReadsManyBatches(SourceProbe probe) throws Exception {
    GivenStream stream = probe.givenMany();
    assertThat(assertWhole(probe, stream).batches()).as("batches").isGreaterThan(1);
    assertWhole(probe, stream);
  }

  /** Equal rows of a stream without a key are all there. */
  @Test
  default void fullRefreshKeepsEqualRows(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.CREATE_STREAMS);
    List<Row> rows = new ArrayList<>(SourceProbe.rows(0, 3));
    rows.addAll(SourceProbe.rows(0, 3));
    rows.addAll(SourceProbe.rows(2, 3));
    assertWhole(probe, probe.given("equal", SourceProbe.SCHEMA, List.of(), rows));
  }

  /** Chosen columns come in the chosen order, others not at all. */
  @Test
  default void fullRefreshReadsTheChosenColumns(SourceProbe probe) throws Exception {
    GivenStream all = probe.given(3);
    List<Integer> picked = List.of(all.columns().size() - 1, 0);
    GivenStream some =
        new GivenStream(
            all.name(),
            picked.stream().map(all.columns()::get).toList(),
            List.of(),
            all.rows().stream().map(row -> row.pick(picked)).toList());
    assertWhole(probe, some);
  }

  /** Planning alone changes nothing, and partitions may be read side by side. */
  @Test
  default void fullRefreshReadsPartitionsSideBySide(SourceProbe probe) throws Exception {
    GivenStream stream = probe.givenMany();
    Source source = probe.open();
    ConfiguredStream chosen = probe.configure(source, stream, SyncMode.FULL_REFRESH_OVERWRITE);
    source.plan(chosen, null);
    try (Reading reading = probe.read(source, chosen, null)) {
      boolean more = true;
      while (more) {
        more = reading.stepAround();
      }
      RowSets.assertSame("partitions read side by side", reading.rows(), stream.rows());
    }
  }

  /** Streams may be read by several threads of one source. */
  @Test
  default void fullRefreshReadsStreamsFromSeveralThreads(SourceProbe probe) throws Exception {
    GivenStream first = probe.givenMany();
    GivenStream second = probe.givenMany();
    Source source = probe.open();
    ConfiguredStream one = probe.configure(source, first, SyncMode.FULL_REFRESH_OVERWRITE);
    ConfiguredStream other = probe.configure(source, second, SyncMode.FULL_REFRESH_OVERWRITE);
    try (Reading here = probe.read(source, one, null);
        Reading there = probe.read(source, other, null)) {
      Worker worker = Worker.start(there::toEnd);
      here.toEnd();
      worker.finish(PATIENCE);
      RowSets.assertSame("one of two streams read at once", here.rows(), first.rows());
      RowSets.assertSame("one of two streams read at once", there.rows(), second.rows());
    }
  }

  /** A stream that does not exist is named. */
  @Test
  default void fullRefreshNamesAMissingStream(SourceProbe probe) throws Exception {
    GivenStream there = probe.given(1);
    StreamName missing = new StreamName(there.name().namespace(), "no_such_stream");
    ConfiguredStream chosen =
        new ConfiguredStream(
            missing, there.columns(), SyncMode.FULL_REFRESH_OVERWRITE, null, List.of(), Set.of());
    ConfigException failure =
        catchThrowableOfType(ConfigException.class, () -> probe.open().plan(chosen, null));
    assertThat(failure).as("the refusal of a stream that does not exist").isNotNull();
    Sentences.assertClear(failure, List.of("no_such_stream"));
  }

  /** A column that does not exist is named. */
  @Test
  default void fullRefreshNamesAMissingColumn(SourceProbe probe) throws Exception {
    GivenStream there = probe.given(1);
    ConfiguredStream chosen =
        new ConfiguredStream(
            there.name(),
            List.of(there.columns().getFirst(), "no_such_column"),
            SyncMode.FULL_REFRESH_OVERWRITE,
            null,
            List.of(),
            Set.of());
    ConfigException failure =
        catchThrowableOfType(ConfigException.class, () -> probe.open().plan(chosen, null));
    assertThat(failure).as("the refusal of a column that does not exist").isNotNull();
    Sentences.assertClear(failure, List.of("no_such_column"));
  }

  private static Reading assertWhole(SourceProbe probe, GivenStream stream)
      throws InterruptedException {
    Reading reading = probe.readAll(stream, SyncMode.FULL_REFRESH_OVERWRITE, null);
    RowSets.assertSame(
        "a full read of %d rows".formatted(stream.rows().size()), reading.rows(), stream.rows());
    assertThat(reading.rejected()).as("rows in quarantine").isEmpty();
    reading.advance();
    return reading;
  }
}
