package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.Source;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TransientException;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.RowSets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupted read goes on as if it had never stopped. */
public interface SourceResumeSuite extends SourceSuite {
  /** How often a read is interrupted before the test gives up on its making progress. */
  int ATTEMPTS_MAX = 500;

  /** A crash after some batches: the rest, read by a new source, makes the whole. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 7})
  default void resumeReadsExactlyTheRest(int batches, SourceProbe probe) throws Exception {
    GivenStream stream = probe.givenMany();
    for (SyncMode mode : List.of(SyncMode.FULL_REFRESH_OVERWRITE, SyncMode.FULL_REFRESH_APPEND)) {
      try (Reading first = begin(probe, stream, mode, null)) {
        for (int i = 0; i < batches; i++) {
          first.step();
        }
        assertRest(mode + " interrupted after " + batches + " batches", probe, first, stream);
      }
    }
  }

  /** A crash while all partitions were being read. */
  @Test
  default void resumeGoesOnInEveryPartition(SourceProbe probe) throws Exception {
    GivenStream stream = probe.givenMany();
    try (Reading first = begin(probe, stream, SyncMode.FULL_REFRESH_APPEND, null)) {
      for (int i = 0; i < Math.max(2, first.plan().partitions().size()); i++) {
        first.stepAround();
      }
      assertRest("a read interrupted in every partition", probe, first, stream);
    }
  }

  /** A crash after every two batches still comes to the end, where positions can be had. */
  @Test
  default void resumeComesToTheEndThroughManyCrashes(SourceProbe probe) throws Exception {
    GivenStream stream = probe.givenMany();
    Reading reading = begin(probe, stream, SyncMode.FULL_REFRESH_APPEND, null);
    boolean more = true;
    for (int attempt = 0; more && attempt < ATTEMPTS_MAX; attempt++) {
      more = stepsTillProgress(reading);
      if (more) {
        reading = reading.resume(probe.open());
        assertThat(reading.restarted()).as("restarted without a change").isFalse();
      }
    }
    assertThat(more).as("something is left after %d attempts", ATTEMPTS_MAX).isFalse();
    RowSets.assertSame("a read with many crashes", reading.rows(), stream.rows());
  }

  /** When everything was durable, nothing is read again. */
  @ParameterizedTest
  @EnumSource(SyncMode.class)
  default void resumeOfAFinishedReadReadsNothing(SyncMode mode, SourceProbe probe)
      throws Exception {
    if (mode.incremental()) {
      probe.needs(SourceCapability.INCREMENTAL);
    }
    GivenStream stream = probe.givenMany();
    try (Reading first = begin(probe, stream, mode, null)) {
      first.toEnd();
      Reading second = first.resume(probe.open());
      second.toEnd();
      assertThat(second.batches()).as("batches read again").isZero();
      RowSets.assertSame("a finished read resumed", second.rows(), stream.rows());
      second.advance();
    }
  }

  /** After a transient failure the same source goes on. */
  @Test
  default void resumeGoesOnInTheSameSource(SourceProbe probe) throws Exception {
    GivenStream stream = probe.givenMany();
    Source source = probe.open();
    ConfiguredStream chosen = probe.configure(source, stream, SyncMode.FULL_REFRESH_APPEND);
    try (Reading first = probe.read(source, chosen, null)) {
      first.step();
      first.step();
      Reading second = first.resume(source);
      second.toEnd();
      RowSets.assertSame("a read resumed in its source", second.rows(), stream.rows());
    }
  }

  /** An interrupted incremental read loses and repeats nothing, and its state is sound. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  default void resumeOfAnIncrementalReadKeepsItsState(int batches, SourceProbe probe)
      throws Exception {
    probe.needs(SourceCapability.INCREMENTAL);
    GivenStream stream = probe.givenMany();
    StreamState state;
    try (Reading first = begin(probe, stream, SyncMode.INCREMENTAL_APPEND, null)) {
      for (int i = 0; i < batches; i++) {
        first.step();
      }
      state =
          assertRest("incremental, interrupted after " + batches, probe, first, stream).advance();
    }
    Reading next = probe.readAll(stream, SyncMode.INCREMENTAL_APPEND, state);
    RowSets.assertSame("the next incremental read", next.rows(), List.of());
  }

  /** Rows added during the interruption come with this sync or the next, once. */
  @Test
  default void resumeOfAnIncrementalReadMissesNoNewRow(SourceProbe probe) throws Exception {
    probe.needs(
        SourceCapability.INCREMENTAL, SourceCapability.INSERT, SourceCapability.CREATE_STREAMS);
    GivenStream stream = probe.givenMany();
    List<Row> added = SourceProbe.rows(stream.rows().size(), stream.rows().size() + 7);
    List<Row> seen;
    StreamState state;
    try (Reading first = begin(probe, stream, SyncMode.INCREMENTAL_APPEND, null)) {
      first.step();
      first.step();
      probe.fixture().insert(stream.name(), added);
      Reading second = first.resume(probe.open());
      second.toEnd();
      seen = new ArrayList<>(second.rows());
      state = second.advance();
    }
    seen.addAll(probe.readAll(stream, SyncMode.INCREMENTAL_APPEND, state).rows());
    List<Row> expected = new ArrayList<>(stream.rows());
    expected.addAll(added);
    RowSets.assertSame("rows added during an interruption", seen, expected);
  }

  /** After a change a full read for a staged mode shows one moment, not a mixture. */
  @Test
  default void resumeAfterAChangeShowsOneMoment(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.UPDATE, SourceCapability.CREATE_STREAMS);
    GivenStream stream = probe.givenMany();
    try (Reading first = begin(probe, stream, SyncMode.FULL_REFRESH_OVERWRITE, null)) {
      first.step();
      first.step();
      List<Row> now = change(probe, stream);
      Reading second = first.resume(probe.open());
      second.toEnd();
      if (!RowSets.same(second.rows(), stream.rows())) {
        RowSets.assertSame("a staged read resumed after a change", second.rows(), now);
      }
    }
  }

  /** After a change a full read for an append leaves no row out and repeats only changed ones. */
  @Test
  default void resumeAfterAChangeLeavesNoRowOut(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.UPDATE, SourceCapability.CREATE_STREAMS);
    GivenStream stream = probe.givenMany();
    try (Reading first = begin(probe, stream, SyncMode.FULL_REFRESH_APPEND, null)) {
      first.step();
      first.step();
      List<Row> now = change(probe, stream);
      Reading second = first.resume(probe.open());
      second.toEnd();
      if (!RowSets.same(second.rows(), stream.rows())) {
        RowSets.assertContains("an append resumed after a change", second.rows(), now);
        List<Row> unchanged = new ArrayList<>(now);
        unchanged.retainAll(Set.copyOf(stream.rows()));
        List<Row> seen = new ArrayList<>(second.rows());
        seen.retainAll(Set.copyOf(unchanged));
        RowSets.assertSame("rows that did not change", seen, unchanged);
      }
    }
  }

  /** A cut connection is a transient failure, and the read goes on from its checkpoint. */
  @Test
  default void resumeAfterACutConnection(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.CUT_CONNECTIONS);
    GivenStream stream = probe.givenMany();
    try (Reading first = begin(probe, stream, SyncMode.FULL_REFRESH_APPEND, null)) {
      first.step();
      probe.fixture().cutConnections();
      Throwable thrown = catchThrowableOfType(Throwable.class, first::toEnd);
      assertThat(thrown == null || thrown instanceof TransientException)
          .as("a cut connection is a TransientException, not %s", thrown)
          .isTrue();
      assertRest("a read whose connection was cut", probe, first, stream);
    }
  }

  /** Reads two batches, and on until more is durable than before; false at the end. */
  private static boolean stepsTillProgress(Reading reading) throws InterruptedException {
    List<PartitionProgress> before = reading.progress();
    boolean more = true;
    for (int read = 0; more && (read < 2 || before.equals(reading.progress())); read++) {
      more = reading.step();
    }
    return more;
  }

  private static Reading begin(
      SourceProbe probe, GivenStream stream, SyncMode mode, @Nullable StreamState state)
      throws InterruptedException {
    Source source = probe.open();
    return probe.read(source, probe.configure(source, stream, mode), state);
  }

  private static Reading assertRest(
      String what, SourceProbe probe, Reading first, GivenStream stream)
      throws InterruptedException {
    Reading second = first.resume(probe.open());
    assertThat(second.restarted()).as("%s: restarted without a change", what).isFalse();
    second.toEnd();
    RowSets.assertSame(what, second.rows(), stream.rows());
    return second;
  }

  /** Changes a row of the beginning and one of the end, adds one, and returns all as they are. */
  private static List<Row> change(SourceProbe probe, GivenStream stream) throws Exception {
    List<Row> now = new ArrayList<>(stream.rows());
    Row first = Row.of(0L, "changed", 0L);
    Row last = Row.of(now.size() - 1L, "changed", now.size() - 1L);
    Row added = Row.of((long) now.size(), "added", (long) now.size());
    now.set(0, first);
    now.set(now.size() - 1, last);
    now.add(added);
    probe.fixture().update(stream.name(), List.of(first, last));
    probe.fixture().insert(stream.name(), List.of(added));
    return now;
  }
}
