package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamName;
import io.millrace.spi.WriteMode;
import io.millrace.testkit.JUnitRun;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.arrow.Special;
import io.millrace.testkit.fake.FakeDestinationOptions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each destination that breaks a promise fails the suite that holds it, in clear words. */
final class BrokenDestinationsTest {
  private static final AtomicReference<FakeDestinationFixture.@Nullable Spoiler> SPOILER =
      new AtomicReference<>();
  private static final CountDownLatch END = new CountDownLatch(1);

  /** The contract of whatever destination is being proven broken. */
  static final class Contract implements DestinationContract {
    private final DestinationFixture fixture =
        new FakeDestinationFixture(
            FakeDestinationOptions.DEFAULT,
            (destination, context, store) -> {
              FakeDestinationFixture.Spoiler spoiler = SPOILER.get();
              return spoiler == null ? destination : spoiler.spoil(destination, context, store);
            });

    @Override
    public DestinationFixture fixture() {
      return fixture;
    }
  }

  record Broken(String promise, String test, String words, FakeDestinationFixture.Spoiler spoiler) {
    @Override
    public String toString() {
      return promise;
    }
  }

  @ParameterizedTest
  @MethodSource({"commits", "publication", "values", "order", "housekeeping"})
  void failsItsSuite(Broken broken) {
    SPOILER.set(broken.spoiler);
    try {
      JUnitRun run = JUnitRun.of(Contract.class, broken.test);
      assertThat(run.failures())
          .as("failures of a destination that %s", broken.promise)
          .isNotEmpty();
      assertThat(run.failures().values())
          .as("the words for a destination that %s", broken.promise)
          .anySatisfy(failure -> assertThat(failure).hasMessageContaining(broken.words));
    } finally {
      SPOILER.set(null);
    }
  }

  static List<Broken> commits() {
    return List.of(
        new Broken(
            "keeps rows without a commit",
            "appendDropsWhatIsNotCommitted",
            "Doubled or changed: 10",
            (destination, context, store) -> BrokenDestinations.committingAtClose(destination)),
        new Broken(
            "forgets commits",
            "resumeFindsTheNewestCommit",
            "Expecting actual:\n  []",
            (destination, context, store) -> BrokenDestinations.forgettingCommits(destination)),
        new Broken(
            "records a part of a commit",
            "resumeFindsCommitsAsTheyWere",
            "rowsRead=9",
            (destination, context, store) -> BrokenDestinations.abridgingCommits(destination)),
        new Broken(
            "mixes connections",
            "resumeKeepsSyncsApart",
            "commits found by a sync that begins",
            asking(
                plan ->
                    BrokenDestinations.plan(
                        plan,
                        "one for all",
                        plan.syncId(),
                        new StreamName(null, "all"),
                        plan.writeMode(),
                        plan.cursorField()))),
        new Broken(
            "takes the next sync for this one",
            "overwriteThatIsGivenUpLeavesTheOldRows",
            "commits found by a sync that begins",
            asking(
                plan ->
                    BrokenDestinations.plan(
                        plan,
                        plan.connectionId(),
                        Math.min(plan.syncId(), 2),
                        plan.stream(),
                        plan.writeMode(),
                        plan.cursorField()))),
        new Broken(
            "lets an old process write on",
            "resumeDoublesNothingWhenAnOldProcessWritesOn",
            "Doubled or changed: 5",
            (destination, context, store) -> BrokenDestinations.insisting(destination, context)),
        new Broken(
            "lies about the number of rows",
            "appendAddsToWhatIsThere",
            "rows that became durable by a commit",
            (destination, context, store) ->
                BrokenDestinations.writing(destination, BrokenWriters.Miscounts::new)));
  }

  static List<Broken> publication() {
    return List.of(
        new Broken(
            "publishes again when finish is repeated",
            "resumeFinishesOnce",
            "Doubled or changed",
            BrokenDestinations::publishingTwice),
        new Broken(
            "shows an overwrite early",
            "overwriteShowsNothingBeforeItsEnd",
            "after the last commit",
            asking(
                plan ->
                    BrokenDestinations.plan(
                        plan,
                        plan.connectionId(),
                        plan.syncId(),
                        plan.stream(),
                        WriteMode.APPEND,
                        null))),
        new Broken(
            "swaps in two steps",
            "overwriteIsOneStepForReaders",
            "0 rows of contents []",
            (destination, context, store) ->
                BrokenDestinations.swappingInTwoSteps(destination, store)),
        new Broken(
            "dedups by arrival instead of cursor",
            "dedupKeepsTheNewest",
            "newest by cursor",
            asking(
                plan ->
                    BrokenDestinations.plan(
                        plan,
                        plan.connectionId(),
                        plan.syncId(),
                        plan.stream(),
                        plan.writeMode(),
                        null))),
        new Broken(
            "breaks ties by the order of commits",
            "dedupBreaksTiesByExtractionOrder",
            "ties by partition, then by row",
            (destination, context, store) -> BrokenDestinations.ignoringOrdinals(destination)),
        new Broken(
            "appends what it was asked to replace",
            "overwriteIsRefusedWhereThereIsNone",
            "the refusal of OVERWRITE",
            (destination, context, store) -> BrokenDestinations.appendingWhatever(destination)),
        new Broken(
            "acts on a preview",
            "previewMakesNothing",
            "the target after a preview",
            (destination, context, store) -> BrokenDestinations.actingOnPreview(destination)));
  }

  static List<Broken> values() {
    return List.of(
        new Broken(
            "nulls a value silently",
            "typesLandUnspoilt",
            "INFINITY landed as date",
            changing(row -> row.get(1) instanceof Special ? Row.of(row.get(0), null) : row)),
        new Broken(
            "rounds a decimal",
            "typesLandUnspoilt",
            "landed as decimal(38,37)",
            changing(BrokenDestinationsTest::rounded)),
        new Broken(
            "drops a batch for one bad row",
            "typesLandUnspoilt",
            "rows that became durable by a commit",
            (destination, context, store) ->
                BrokenDestinations.writing(destination, BrokenWriters.DropsTheBatch::new)),
        new Broken(
            "cuts names so that two meet",
            "namesOfTargetsAreNotCutIntoOne",
            "targets of names that differ at their end",
            (destination, context, store) -> BrokenDestinations.cuttingNames(destination)),
        new Broken(
            "refuses a new column without a sentence",
            "schemaChangeAddsAColumn",
            "bad schema",
            (destination, context, store) -> BrokenDestinations.refusingChanges(destination)),
        new Broken(
            "refuses another type without a sentence",
            "schemaChangeLosesNothingToAnotherType",
            "the sentence for the user",
            (destination, context, store) -> BrokenDestinations.refusingChanges(destination)));
  }

  static List<Broken> order() {
    return List.of(
        new Broken(
            "passes a wrong password",
            "checkNamesEachMistake",
            "check passed a configuration with wrong password",
            (destination, context, store) -> BrokenDestinations.checkingNothing(destination)),
        new Broken(
            "ignores an interrupt",
            "cancelEndsABlockedWrite",
            "did not end within",
            (destination, context, store) ->
                BrokenDestinations.appendingWhatever(
                    BrokenDestinations.writing(
                        destination, BrokenWriters.IgnoresInterrupts::new))));
  }

  static List<Broken> housekeeping() {
    return List.of(
        new Broken(
            "keeps buffers it was lent",
            "appendTakesNothing",
            "Memory was leaked",
            (destination, context, store) ->
                BrokenDestinations.writing(destination, BrokenWriters.KeepsBuffers::new)),
        new Broken(
            "leaks a thread",
            "leaksNothingAfterAnInterrupt",
            "threads that the connector left running",
            (destination, context, store) ->
                BrokenDestinations.appendingWhatever(
                    BrokenDestinations.leakingThreads(destination, END))));
  }

  private static FakeDestinationFixture.Spoiler asking(UnaryOperator<LoadPlan> change) {
    return (destination, context, store) -> BrokenDestinations.asking(destination, change);
  }

  private static FakeDestinationFixture.Spoiler changing(UnaryOperator<Row> change) {
    return (destination, context, store) ->
        BrokenDestinations.writing(
            destination,
            writer -> new BrokenWriters.ChangesRows(writer, context.allocator(), change));
  }

  private static Row rounded(Row row) {
    return row.get(1) instanceof BigDecimal number
        ? Row.of(row.get(0), number.setScale(2, RoundingMode.DOWN).setScale(number.scale()))
        : row;
  }
}
