package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Notice;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.RowSets;
import io.millrace.testkit.contract.Sentences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reads from state to state together miss nothing and repeat nothing. */
public interface SourceIncrementalSuite extends SourceSuite {
  /** The mode whose target would show a repeated row. */
  SyncMode MODE = SyncMode.INCREMENTAL_APPEND;

  /** Where there is no incremental read, the plan says so. */
  @Test
  default void incrementalIsRefusedWhereThereIsNone(SourceProbe probe) throws Exception {
    if (probe.can(SourceCapability.INCREMENTAL)) {
      return;
    }
    GivenStream stream = probe.given(1);
    ConfiguredStream chosen =
        new ConfiguredStream(
            stream.name(),
            stream.columns(),
            MODE,
            stream.columns().getFirst(),
            stream.primaryKey(),
            Set.of());
    ConfigException failure =
        catchThrowableOfType(ConfigException.class, () -> probe.open().plan(chosen, null));
    assertThat(failure).as("the refusal to read incrementally").isNotNull();
    Sentences.assertClear(failure, List.of(stream.name().name()));
  }

  /** The first read takes all, the second nothing, the third what was added. */
  @Test
  default void incrementalReadsWhatIsNew(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.INCREMENTAL);
    GivenStream stream = probe.givenMany();
    StreamState first = sync(probe, stream, null, stream.rows());
    StreamState second = sync(probe, stream, first, List.of());
    if (probe.can(SourceCapability.INSERT)) {
      List<Row> added = added(stream, 5);
      probe.fixture().insert(stream.name(), added);
      StreamState third = sync(probe, stream, second, added);
      sync(probe, stream, third, List.of());
    }
  }

  /** A stream that is empty at first is read once it has rows. */
  @Test
  default void incrementalBeginsWithNothing(SourceProbe probe) throws Exception {
    probe.needs(
        SourceCapability.INCREMENTAL, SourceCapability.INSERT, SourceCapability.CREATE_STREAMS);
    GivenStream stream = probe.given(0);
    StreamState first = sync(probe, stream, null, List.of());
    StreamState second = sync(probe, stream, first, List.of());
    List<Row> added = SourceProbe.rows(0, 3);
    probe.fixture().insert(stream.name(), added);
    sync(probe, stream, second, added);
  }

  /** A changed row comes again as it is now. */
  @Test
  default void incrementalReadsChangedRows(SourceProbe probe) throws Exception {
    probe.needs(
        SourceCapability.INCREMENTAL, SourceCapability.UPDATE, SourceCapability.CREATE_STREAMS);
    GivenStream stream = probe.given(20);
    StreamState first = sync(probe, stream, null, stream.rows());
    List<Row> changed = List.of(Row.of(3L, "changed", 100L), Row.of(19L, "changed", 101L));
    probe.fixture().update(stream.name(), changed);
    sync(probe, stream, first, changed);
  }

  /** A row whose cursor equals the largest seen is not lost. */
  @Test
  default void incrementalMissesNoTie(SourceProbe probe) throws Exception {
    probe.needs(
        SourceCapability.INCREMENTAL, SourceCapability.INSERT, SourceCapability.CREATE_STREAMS);
    GivenStream stream = probe.given(20);
    StreamState first = sync(probe, stream, null, stream.rows());
    List<Row> added = List.of(Row.of(100L, "tie", 19L), Row.of(101L, "next", 20L));
    probe.fixture().insert(stream.name(), added);
    Reading second = probe.readAll(stream, MODE, first);
    if (probe.can(SourceCapability.TIES_EXACTLY_ONCE)) {
      RowSets.assertSame("rows added with the largest cursor", second.rows(), added);
    } else {
      RowSets.assertContains("rows added with the largest cursor", second.rows(), added);
      assertThat(second.rows().stream().map(row -> row.get(2)).distinct())
          .as("versions read again beside the tie's")
          .isSubsetOf(19L, 20L);
    }
  }

  /** A row that is committed late, behind newer ones, is not lost. */
  @Test
  default void incrementalMissesNoLateCommit(SourceProbe probe) throws Exception {
    probe.needs(
        SourceCapability.INCREMENTAL,
        SourceCapability.INSERT,
        SourceCapability.OPEN_TRANSACTIONS,
        SourceCapability.CREATE_STREAMS);
    GivenStream stream = probe.given(20);
    StreamState state = sync(probe, stream, null, stream.rows());
    List<Row> late = List.of(Row.of(100L, "late", 50L));
    List<Row> newer = List.of(Row.of(101L, "newer", 60L));
    List<Row> seen = new ArrayList<>();
    try (AutoCloseable _ = probe.fixture().insertLate(stream.name(), late)) {
      probe.fixture().insert(stream.name(), newer);
      Reading second = probe.readAll(stream, MODE, state);
      seen.addAll(second.rows());
      state = second.advance();
    }
    seen.addAll(probe.readAll(stream, MODE, state).rows());
    List<Row> expected = new ArrayList<>(late);
    expected.addAll(newer);
    RowSets.assertSame("rows of which one was committed late", seen, expected);
  }

  /** A row without a cursor is read, or the user is told. */
  @Test
  default void incrementalDropsNoNullCursorSilently(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.INCREMENTAL, SourceCapability.CREATE_STREAMS);
    List<Row> rows = new ArrayList<>(SourceProbe.rows(0, 5));
    Row without = Row.of(5L, "no version", null);
    rows.add(without);
    GivenStream stream =
        probe.given("null_cursor", SourceProbe.SCHEMA, List.of(SourceProbe.ID), rows);
    Reading first = probe.readAll(stream, MODE, null);
    if (first.rows().contains(without)) {
      RowSets.assertSame("rows of which one has no cursor", first.rows(), rows);
    } else {
      RowSets.assertSame("rows that have a cursor", first.rows(), rows.subList(0, 5));
      assertThat(probe.bench().notices().stream().map(Notice::stream))
          .as("streams of which the user is told that rows without a cursor are left out")
          .contains(stream.name());
    }
  }

  /** A cursor keeps its full precision: neighbours are told apart. */
  @Test
  default void incrementalKeepsTheCursorsPrecision(SourceProbe probe) throws Exception {
    probe.needs(
        SourceCapability.INCREMENTAL, SourceCapability.INSERT, SourceCapability.CREATE_STREAMS);
    assertPrecise(probe, new LogicalType.Int(64), Long.MAX_VALUE - 2, Long.MAX_VALUE - 1);
    assertPrecise(
        probe,
        new LogicalType.TimestampTz(),
        Instant.parse("2024-10-27T01:30:00.000001Z"),
        Instant.parse("2024-10-27T01:30:00.000002Z"));
  }

  /** A cursor that does not exist is named, and what may be chosen too. */
  @Test
  default void incrementalNamesAMissingCursor(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.INCREMENTAL);
    GivenStream stream = probe.given(1);
    Source source = probe.open();
    StreamDescriptor found = probe.describe(source, stream.name());
    if (found.sourceDefinedCursor()) {
      return;
    }
    ConfiguredStream chosen =
        new ConfiguredStream(
            stream.name(), stream.columns(), MODE, "no_such_cursor", List.of(), Set.of());
    ConfigException failure =
        catchThrowableOfType(ConfigException.class, () -> source.plan(chosen, null));
    assertThat(failure).as("the refusal of a cursor that does not exist").isNotNull();
    Sentences.assertClear(failure, List.of("no_such_cursor"));
  }

  private static void assertPrecise(
      SourceProbe probe, LogicalType type, Object cursor, Object nextCursor) throws Exception {
    if (!probe.fixture().supports(type)) {
      return;
    }
    Schema schema =
        new Schema(
            List.of(
                Fields.of(SourceProbe.ID, new LogicalType.Int(64)),
                Fields.of(SourceProbe.VERSION, type)));
    List<Row> rows = List.of(Row.of(1L, cursor));
    GivenStream stream = probe.given("precise", schema, List.of(SourceProbe.ID), rows);
    StreamState state = sync(probe, stream, null, rows);
    List<Row> added = List.of(Row.of(2L, nextCursor));
    probe.fixture().insert(stream.name(), added);
    sync(probe, stream, state, added);
  }

  private static List<Row> added(GivenStream stream, int count) {
    long next =
        stream.rows().stream()
            .mapToLong(row -> (Long) Objects.requireNonNull(row.get(0)))
            .max()
            .orElse(0);
    return SourceProbe.rows(next + 1, next + 1 + count);
  }

  private static StreamState sync(
      SourceProbe probe, GivenStream stream, @Nullable StreamState state, List<Row> expected)
      throws InterruptedException {
    Reading reading = probe.readAll(stream, MODE, state);
    RowSets.assertSame("an incremental read from " + state, reading.rows(), expected);
    assertThat(reading.rejected()).as("rows in quarantine").isEmpty();
    return reading.advance();
  }
}
