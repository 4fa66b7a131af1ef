package io.millrace.connectors.postgres.source;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Resumption;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.WriteMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with an interrupted read at a newer moment than it began with.
 *
 * <p>Pages that are done show an older moment. Beside the pages that are still to be read, a
 * partition catches up on them: it reads the rows there whose transactions the older moment did not
 * show. For a full read into a hidden target the whole must be the table as it is at the newer
 * moment, so the rows read before must all still be there, which is counted; where some are not,
 * the read begins again.
 */
final class Resumer {
  private final Planner planner;
  private final ReadTransaction transaction;
  private final ConfiguredStream stream;
  private final @Nullable StreamState state;
  private final Relation relation;

  Resumer(
      Planner planner,
      ReadTransaction transaction,
      ConfiguredStream stream,
      @Nullable StreamState state,
      Relation relation) {
    this.planner = planner;
    this.transaction = transaction;
    this.stream = stream;
    this.state = state;
    this.relation = relation;
  }

  Resumption resume(Earlier earlier) throws InterruptedException {
    boolean exact = stream.mode().writeMode().staged() && !stream.mode().incremental();
    @Nullable String changed = exact ? changed(earlier) : null;
    if (changed != null) {
      return new Resumption.Restart(
          stream.name().display() + " changed while its read was interrupted: " + changed,
          planner.plan(transaction, relation, stream, state));
    }
    return new Resumption.Continue(
        new StreamPlan(Layout.of(stream, relation.columns()).schema(), goOn(earlier).list()));
  }

  /** Says what changed of the rows that are done, or null when they are all as they were read. */
  private @Nullable String changed(Earlier earlier) throws InterruptedException {
    for (Earlier.Done done : earlier.done()) {
      if (done.task().place().file() == 0 || !stands(done.task().place())) {
        return "rows that had been read cannot be compared with the table as it is now.";
      }
    }
    for (Leaf leaf : relation.leaves()) {
      for (Span span : Span.of(doneOf(earlier, leaf))) {
        long there = transaction.call(what(), jdbc -> count(jdbc, span, earlier));
        if (there != span.rows()) {
          return "rows that had been read were changed or deleted.";
        }
      }
    }
    return null;
  }

  private long count(Connection jdbc, Span span, Earlier earlier) throws SQLException {
    Known known = earlier.knownAt(span.moment(), Known.below(0));
    String sql =
        "SELECT count(*) FROM "
            + span.place().source()
            + Statements.where(
                span.place().condition(), "NOT (" + Filter.since(known).condition() + ")");
    try (Statement statement = jdbc.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Partitions goOn(Earlier earlier) throws InterruptedException {
    Base base = base(earlier);
    Partitions partitions = new Partitions(stream);
    earlier.done().forEach(done -> partitions.reserve(List.of(done.partition())));
    earlier.open().forEach(open -> partitions.reserve(List.of(open.partition())));
    earlier.done().forEach(done -> partitions.keep(done.partition()));
    boolean dedups = stream.mode().writeMode() == WriteMode.APPEND_DEDUP;
    for (Earlier.Open open : earlier.open()) {
      boolean again = open.task().since() == null || !dedups;
      boolean stands = again && stands(open.task().place());
      partitions.keep(open.partition(), stands ? base.again(open.task()) : base.nothing(relation));
    }
    if (!relation.apart()) {
      readNew(earlier, Planner.wholly(relation), base, partitions);
      return partitions;
    }
    for (Leaf leaf : relation.leaves()) {
      if (leaf.hasTransactions()) {
        readGaps(leaf, earlier, base, partitions);
        catchUp(leaf, earlier, base, partitions, dedups);
      } else {
        readNew(earlier, Ranges.whole(leaf), base, partitions);
      }
    }
    return partitions;
  }

  /** Reads a relation without pages, unless it was planned before. */
  private static void readNew(Earlier earlier, Place whole, Base base, Partitions partitions) {
    if (earlier.places().noneMatch(place -> place.oid() == whole.oid())) {
      partitions.add(base.task(whole), -1, -1);
    }
  }

  private void readGaps(Leaf leaf, Earlier earlier, Base base, Partitions partitions) {
    List<Place> taken = new ArrayList<>();
    for (Earlier.Done done : doneOf(earlier, leaf)) {
      taken.add(done.task().place());
    }
    for (Earlier.Open open : earlier.open()) {
      if (open.task().since() == null && isOf(leaf).test(open.task().place())) {
        taken.add(open.task().place());
      }
    }
    for (Place gap : Gaps.between(Ranges.whole(leaf), taken)) {
      for (Place place : planner.places(transaction, leaf, gap.from(), gap.to())) {
        partitions.add(base.task(place), -1, -1);
      }
    }
  }

  private void catchUp(
      Leaf leaf, Earlier earlier, Base base, Partitions partitions, boolean dedups) {
    List<Earlier.Done> done = doneOf(earlier, leaf);
    if (done.isEmpty()) {
      return;
    }
    if (dedups) {
      // Of two versions of a row, the one of the later partition wins where cursors are equal, so
      // every row written since is read once more at the very end.
      SnapshotView oldest = Objects.requireNonNull(earlier.oldest());
      partitions.add(base.since(earlier, Ranges.whole(leaf), oldest), -1, -1);
      return;
    }
    for (Span span : Span.of(done)) {
      boolean planned =
          earlier.open().stream()
              .map(Earlier.Open::task)
              .anyMatch(
                  task ->
                      span.moment().key().equals(task.since())
                          && task.place().contains(span.place()));
      if (!planned) {
        partitions.add(base.since(earlier, span.place(), span.moment()), -1, -1);
      }
    }
  }

  private List<Earlier.Done> doneOf(Earlier earlier, Leaf leaf) {
    return earlier.done().stream().filter(done -> isOf(leaf).test(done.task().place())).toList();
  }

  private static Predicate<Place> isOf(Leaf leaf) {
    return place -> place.oid() == leaf.oid() && place.file() == leaf.file();
  }

  /** Tells whether a place is still what it was: its pages have not been written anew. */
  private boolean stands(Place place) {
    if (place.file() == 0) {
      return place.oid() == relation.oid()
          || relation.leaves().stream().anyMatch(leaf -> leaf.oid() == place.oid());
    }
    return relation.leaves().stream().anyMatch(leaf -> isOf(leaf).test(place));
  }

  private Base base(Earlier earlier) throws InterruptedException {
    Filter unbounded = earlier.filter().before(Filter.NO_END);
    SnapshotView now = transaction.snapshot();
    if (now.name() == null) {
      return new Base(unbounded, null, null, Filter.NO_END);
    }
    if (!stream.mode().incremental()) {
      return new Base(unbounded, now, null, Filter.NO_END);
    }
    Incremental incremental = planner.incremental(transaction, relation, stream, state);
    Filter bounded = incremental.bounded(unbounded);
    return new Base(bounded, bounded.moment(now), incremental.ahead(bounded), bounded.before());
  }

  private String what() {
    return "go on reading " + stream.name().display();
  }

  /**
   * What the partitions of the newer moment have in common.
   *
   * @param filter which rows the stream's read takes
   * @param before see {@link Filter#before}
   */
  private record Base(
      Filter filter, @Nullable SnapshotView moment, @Nullable Ahead ahead, long before) {
    Task task(Place place) {
      return new Task(place, filter, moment, ahead, null);
    }

    Task again(Task old) {
      return new Task(old.place(), old.filter().before(before), moment, ahead, old.since());
    }

    Task since(Earlier earlier, Place place, SnapshotView old) {
      Known known = earlier.knownAt(old, startOf(filter));
      Filter later = Filter.since(known).before(before);
      return new Task(place, later, moment, ahead, old.key());
    }

    Task nothing(Relation relation) {
      Place place = Planner.wholly(relation).range(0, 0);
      return new Task(place, Filter.ALL, moment, ahead, null);
    }

    private static Known startOf(Filter filter) {
      return filter.known() == null ? Known.below(0) : filter.known();
    }
  }
}
