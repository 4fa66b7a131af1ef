package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.JUnitRun;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.arrow.Special;
import io.millrace.testkit.fake.FakeSourceOptions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each source that breaks a promise fails the suite that holds the promise, in clear words. */
final class BrokenSourcesTest {
  private static final AtomicReference<FakeSourceFixture.@Nullable Spoiler> SPOILER =
      new AtomicReference<>();
  private static final CountDownLatch END = new CountDownLatch(1);

  /** The contract of whatever source is being proven broken. */
  static final class Contract implements SourceContract {
    private final SourceFixture fixture =
        new FakeSourceFixture(
            FakeSourceOptions.DEFAULT.cut(3, 30, 1),
            (source, context, database) -> {
              FakeSourceFixture.Spoiler spoiler = SPOILER.get();
              return spoiler == null ? source : spoiler.spoil(source, context, database);
            });

    @Override
    public SourceFixture fixture() {
      return fixture;
    }
  }

  record Broken(String promise, String test, String words, FakeSourceFixture.Spoiler spoiler) {
    @Override
    public String toString() {
      return promise;
    }
  }

  @ParameterizedTest
  @MethodSource({"rows", "resumption", "values", "order", "housekeeping"})
  void failsItsSuite(Broken broken) {
    SPOILER.set(broken.spoiler);
    try {
      JUnitRun run = JUnitRun.of(Contract.class, broken.test);
      assertThat(run.failures()).as("failures of a source that %s", broken.promise).isNotEmpty();
      assertThat(run.failures().values())
          .as("the words for a source that %s", broken.promise)
          .anySatisfy(failure -> assertThat(failure).hasMessageContaining(broken.words));
    } finally {
      SPOILER.set(null);
    }
  }

  static List<Broken> rows() {
    return List.of(
        new Broken(
            "loses the last batch",
            "fullRefreshReadsOneRow",
            "Lost: 1",
            (source, context, database) ->
                BrokenSources.reading(source, BrokenReaders.LosesTheLastBatch::new)),
        new Broken(
            "doubles a batch",
            "fullRefreshReadsManyBatches",
            "Doubled or changed: 90",
            (source, context, database) ->
                BrokenSources.reading(
                    source,
                    reader -> new BrokenReaders.DoublesABatch(reader, context.allocator()))),
        new Broken(
            "reads columns in its own order",
            "fullRefreshReadsTheChosenColumns",
            "chosen columns in their order",
            (source, context, database) -> BrokenSources.choosingColumnsItself(source)),
        new Broken(
            "leaves out rows whose cursor was seen",
            "incrementalMissesNoTie",
            "Lost: 1",
            BrokenSources::skippingTies),
        new Broken(
            "leaves out rows that were committed late",
            "incrementalMissesNoLateCommit",
            "Lost: 1",
            BrokenSources::skippingTies),
        new Broken(
            "overlooks a dropped column",
            "schemaChangeNamesADroppedColumn",
            "the refusal to read a column that is gone",
            (source, context, database) ->
                BrokenSources.overlookingDroppedColumns(source, database)),
        new Broken(
            "folds names",
            "namesOfStreamsMayBeUgly",
            "discover did not find",
            (source, context, database) -> BrokenSources.foldingNames(source)));
  }

  static List<Broken> resumption() {
    return List.of(
        new Broken(
            "doubles rows on resume",
            "resumeReadsExactlyTheRest",
            "Doubled or changed: 30",
            (source, context, database) -> BrokenSources.forgettingCheckpoints(source)),
        new Broken(
            "puts its checkpoint ahead of the rows",
            "resumeReadsExactlyTheRest",
            "Lost: 30",
            (source, context, database) ->
                BrokenSources.reading(source, BrokenReaders.IsAheadOfItself::new)),
        new Broken(
            "puts its state ahead of the rows",
            "resumeOfAnIncrementalReadMissesNoNewRow",
            "Lost: 7",
            (source, context, database) -> BrokenSources.aheadOfItsRead(source, database)),
        new Broken(
            "forgets partitions on resume",
            "resumeOfAFinishedReadReadsNothing",
            "a resumed plan keeps every partition",
            (source, context, database) -> BrokenSources.forgettingPartitions(source)),
        new Broken(
            "begins again without need",
            "resumeReadsExactlyTheRest",
            "restarted without a change",
            (source, context, database) -> BrokenSources.restarting(source)),
        new Broken(
            "has no position at its end",
            "fullRefreshReadsOneRow",
            "has no checkpoint at its end",
            (source, context, database) ->
                BrokenSources.reading(source, BrokenReaders.HasNoPosition::new)),
        new Broken(
            "writes tokens nobody can parse",
            "fullRefreshReadsOneRow",
            "must be JSON text",
            (source, context, database) -> BrokenSources.talkingInTokens(source)));
  }

  static List<Broken> values() {
    return List.of(
        new Broken(
            "nulls a value silently",
            "typesArriveUnspoilt",
            "INFINITY was read as date",
            changing(row -> row.get(1) instanceof Special ? Row.of(row.get(0), null) : row)),
        new Broken(
            "rounds a decimal",
            "typesArriveUnspoilt",
            "was read as decimal(38,37)",
            changing(BrokenSourcesTest::rounded)),
        new Broken(
            "cuts a text",
            "typesArriveUnspoilt",
            "was read as text",
            changing(
                row ->
                    row.get(1) instanceof String text && text.length() > 255
                        ? Row.of(row.get(0), text.substring(0, 255))
                        : row)),
        new Broken(
            "takes empty for null",
            "typesArriveUnspoilt",
            "was read as text",
            changing(row -> "".equals(row.get(1)) ? Row.of(row.get(0), null) : row)),
        new Broken(
            "drops a row it cannot read",
            "typesArriveUnspoilt",
            "a row in quarantine for each",
            changing(row -> row.get(1) instanceof Special ? null : row)));
  }

  static List<Broken> order() {
    return List.of(
        new Broken(
            "passes a wrong password",
            "checkNamesEachMistake",
            "check passed a configuration with wrong password",
            (source, context, database) -> BrokenSources.checkingNothing(source)),
        new Broken(
            "tells a password",
            "checkNamesEachMistake",
            "shows the secret",
            (source, context, database) -> BrokenSources.tellingThePassword(source)),
        new Broken(
            "ignores an interrupt",
            "cancelEndsABlockedRead",
            "did not end within",
            (source, context, database) ->
                BrokenSources.reading(source, BrokenReaders.IgnoresInterrupts::new)),
        new Broken(
            "ignores a close",
            "cancelByCloseEndsABlockedRead",
            "did not end within",
            (source, context, database) ->
                BrokenSources.reading(source, BrokenReaders.IgnoresClose::new)));
  }

  static List<Broken> housekeeping() {
    return List.of(
        new Broken(
            "makes batches too large",
            "fullRefreshReadsManyBatches",
            "at most Tuning.batchRowsMax rows",
            (source, context, database) -> BrokenSources.unbounded(context, database)),
        new Broken(
            "leaks a buffer",
            "leaksNothingAfterAWholeRead",
            "Arrow memory left allocated",
            (source, context, database) -> BrokenSources.leakingMemory(source, context)),
        new Broken(
            "leaks a thread",
            "leaksNothingWhenAReadIsGivenUp",
            "threads that the connector left running",
            (source, context, database) -> BrokenSources.leakingThreads(source, END)),
        new Broken(
            "leaks a file",
            "leaksNothingAfterAWholeRead",
            "temporary files left",
            (source, context, database) -> BrokenSources.leakingFiles(source, context)));
  }

  private static FakeSourceFixture.Spoiler changing(BrokenReaders.RowChange change) {
    return (source, context, database) ->
        BrokenSources.reading(
            source, reader -> new BrokenReaders.ChangesRows(reader, context.allocator(), change));
  }

  private static Row rounded(Row row) {
    return row.get(1) instanceof BigDecimal number
        ? Row.of(row.get(0), number.setScale(2, RoundingMode.DOWN).setScale(number.scale()))
        : row;
  }
}
