package io.millrace.engine.simulation;

import io.millrace.engine.StreamStatus;
import io.millrace.engine.StreamSummary;
import io.millrace.engine.SyncEngine;
import io.millrace.engine.SyncStatus;
import io.millrace.engine.SyncStore;
import io.millrace.engine.SyncSummary;
import io.millrace.spi.ConnectorException;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.SimulatedCrash;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one pipeline, drawn from a seed: some syncs of a changing source, each by as many
 * processes as it takes. Runs on one virtual thread.
 */
final class Simulation {
  private static final int SYNCS_MAX = 5;
  private static final int PROCESSES_MAX = 14;
  private static final int CALM_AFTER = 8;

  private final Random random;
  private final World world;
  private final Path temp;
  private final Trace trace = new Trace();
  private int processes;
  private boolean ended;

  Simulation(long seed, Path temp) {
    this.random = new Random(seed);
    this.world = new World(random);
    this.temp = temp;
  }

  Trace trace() {
    return trace;
  }

  /** Lives the whole life; throws an AssertionError when a promise is broken. */
  void run() {
    int syncs = 1 + random.nextInt(SYNCS_MAX);
    for (int i = 0; i < syncs; i++) {
      sync();
      world.change(random);
    }
    end();
  }

  private void sync() {
    for (int i = 0; i < PROCESSES_MAX; i++) {
      world.switchModes(random);
      if (process(i < CALM_AFTER ? nature() : Nature.CALM)) {
        return;
      }
      if (random.nextInt(3) == 0) {
        world.change(random);
      }
    }
    throw new AssertionError("The sync did not come to its end in " + PROCESSES_MAX + " processes");
  }

  /**
   * Lets all be well, twice: the first sync ends what is open, the second reads what came since.
   */
  private void end() {
    world.freeze();
    ended = true;
    for (int i = 0; i < 2; i++) {
      if (!process(Nature.CALM)) {
        throw new AssertionError("A calm process did not end its sync.");
      }
    }
    world
        .subjects()
        .forEach(
            (subject, expectation) ->
                expectation.checkAtTheEnd(
                    Objects.requireNonNull(world.publishedWhole(subject), "no target at the end")));
    if (world.target().stagedRows() != 0) {
      throw new AssertionError(world.target().stagedRows() + " rows are left behind unpublished.");
    }
  }

  private Nature nature() {
    Nature[] natures = Nature.values();
    return natures[random.nextInt(natures.length)];
  }

  /** Runs one process; returns whether it ended its sync. */
  private boolean process(Nature nature) {
    processes++;
    trace.add("PROCESS " + processes + " " + nature + " " + world.memory().connection());
    Chaos chaos = new Chaos(new Random(random.nextLong()), nature, world, trace);
    world.target().limitRows(nature == Nature.FULL ? held() + random.nextInt(40) : Long.MAX_VALUE);
    world.subjects().values().forEach(Expectation::processBegins);
    SyncEngine engine = new SyncEngine(world.settings(), world.clock(), world.clock(), temp);
    SyncStore store = world.memory().in(chaos);
    @Nullable SyncSummary summary = summary(engine, store, chaos);
    world.target().limitRows(Long.MAX_VALUE);
    checkTargets();
    if (summary == null) {
      return false;
    }
    checkSummary(summary, chaos);
    return conclude(engine, store, summary);
  }

  private long held() {
    long rows = world.target().stagedRows();
    for (Subject subject : world.subjects().keySet()) {
      rows += Objects.requireNonNullElse(world.published(subject), List.of()).size();
    }
    return rows;
  }

  private @Nullable SyncSummary summary(SyncEngine engine, SyncStore store, Chaos chaos) {
    try {
      SyncSummary summary =
          engine.sync(world.spec(chaos), store, event -> {}, chaos.cancellation());
      if (chaos.plan().crashed()) {
        trace.add("DEAD while it was cancelled");
        requireNot(SyncStatus.SUCCEEDED, summary);
        return null;
      }
      trace.add("SUMMARY " + summary.status() + " " + statuses(summary));
      return summary;
    } catch (SimulatedCrash e) {
      trace.add("DEAD");
      return null;
    } catch (ConnectorException e) {
      trace.add("NOTHING BEGAN: " + e.getMessage());
      if (chaos.nature() == Nature.CALM) {
        throw new AssertionError("A calm process could not begin.", e);
      }
      return null;
    }
  }

  private static void requireNot(SyncStatus status, SyncSummary summary) {
    if (summary.status() == status) {
      throw new AssertionError("The process died and still returned " + summary);
    }
  }

  private static List<String> statuses(SyncSummary summary) {
    return summary.streams().stream()
        .map(stream -> stream.stream().name() + " " + stream.status() + " " + stream.tally())
        .toList();
  }

  private void checkTargets() {
    world
        .subjects()
        .forEach(
            (subject, expectation) -> {
              @Nullable List<Row> published = world.published(subject);
              expectation.check(published);
              expectation.checkState(world.memory().stream(subject.name()), published);
            });
  }

  private void checkSummary(SyncSummary summary, Chaos chaos) {
    for (StreamSummary stream : summary.streams()) {
      if (stream.failure() != null && chaos.nature() == Nature.CALM) {
        throw new AssertionError(
            stream.stream() + " failed in a calm process: " + stream.failure().message(),
            stream.failure().cause());
      }
      if (stream.status() == StreamStatus.CANCELLED && !chaos.cancellation().requested()) {
        throw new AssertionError(stream.stream() + " is cancelled although nobody asked.");
      }
    }
    forEachSucceeded(
        summary,
        (subject, expectation) ->
            expectation.checkCounts(
                summaryOf(summary, subject),
                Objects.requireNonNull(world.published(subject), "no target after a success")));
  }

  private boolean conclude(SyncEngine engine, SyncStore store, SyncSummary summary) {
    if (!ended && random.nextInt(8) == 0) {
      trace.add("KILLED before the summary was printed");
      return false;
    }
    try {
      engine.conclude(store, summary);
    } catch (SimulatedCrash e) {
      trace.add("DEAD while concluding");
    }
    if (world.memory().connection().open()) {
      return false;
    }
    forEachSucceeded(summary, (subject, expectation) -> expectation.completed());
    return true;
  }

  /**
   * Does something for every stream that succeeded; none has one cancelled before they are known.
   */
  private void forEachSucceeded(SyncSummary summary, BiConsumer<Subject, Expectation> action) {
    if (summary.status() == SyncStatus.CANCELLED && summary.streams().isEmpty()) {
      return;
    }
    world
        .subjects()
        .forEach(
            (subject, expectation) -> {
              if (summaryOf(summary, subject).status() == StreamStatus.SUCCEEDED) {
                action.accept(subject, expectation);
              }
            });
  }

  private static StreamSummary summaryOf(SyncSummary summary, Subject subject) {
    return summary.streams().stream()
        .filter(stream -> stream.stream().equals(subject.name()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No summary of " + subject.name()));
  }
}
