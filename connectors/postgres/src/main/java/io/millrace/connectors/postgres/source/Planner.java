package io.millrace.connectors.postgres.source;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Notice;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Cuts the read of a stream into partitions. */
final class Planner {
  private final ReplicationMethod method;
  private final Ranges ranges;
  private final Consumer<Notice> notices;

  Planner(ReplicationMethod method, Ranges ranges, Consumer<Notice> notices) {
    this.method = method;
    this.ranges = ranges;
    this.notices = notices;
  }

  /** Plans a read from its beginning, in a transaction that shows the moment to read at. */
  StreamPlan plan(
      ReadTransaction transaction,
      Relation relation,
      ConfiguredStream stream,
      @Nullable StreamState state)
      throws InterruptedException {
    Layout layout = Layout.of(stream, relation.columns());
    Partitions partitions = new Partitions(stream);
    if (stream.mode().incremental()) {
      incremental(transaction, relation, stream, state).plan(this, partitions);
    } else {
      all(transaction, relation, Filter.ALL, null, partitions);
    }
    return new StreamPlan(layout.schema(), partitions.list());
  }

  /** Begins the planning of an incremental read. */
  Incremental incremental(
      ReadTransaction transaction,
      Relation relation,
      ConfiguredStream stream,
      @Nullable StreamState state) {
    return Incremental.of(method, stream, relation, Progress.read(state), transaction, notices);
  }

  /** Returns the places that together are a range of pages of a leaf. */
  List<Place> places(ReadTransaction transaction, Leaf leaf, long from, long to) {
    boolean cut = Ranges.canCut(leaf, transaction.session().serverVersion());
    return cut ? ranges.cut(leaf, from, to) : List.of(Ranges.whole(leaf));
  }

  /** Adds partitions that read every row a filter takes. */
  void all(
      ReadTransaction transaction,
      Relation relation,
      Filter filter,
      @Nullable Ahead ahead,
      Partitions partitions) {
    SnapshotView moment = filter.moment(transaction.snapshot());
    if (moment.name() == null) {
      partitions.add(
          new Task(wholly(relation), filter, null, null, null), relation.rows(), bytes(relation));
      return;
    }
    if (!relation.apart()) {
      Task task = new Task(wholly(relation), filter, moment, ahead, null);
      partitions.add(task, relation.rows(), bytes(relation));
      return;
    }
    for (Leaf leaf : relation.leaves()) {
      leaf(transaction, leaf, filter, moment, ahead, partitions);
    }
  }

  /** Adds partitions that read every row of a leaf that a filter takes. */
  void leaf(
      ReadTransaction transaction,
      Leaf leaf,
      Filter filter,
      SnapshotView moment,
      @Nullable Ahead ahead,
      Partitions partitions) {
    List<Place> places = places(transaction, leaf, 0, Place.END);
    long rows = leaf.rows() < 0 ? -1 : Math.ceilDiv(leaf.rows(), places.size());
    long bytes = leaf.bytes() == 0 ? -1 : leaf.bytes() / places.size();
    for (Place place : places) {
      partitions.add(new Task(place, filter, moment, ahead, null), rows, bytes);
    }
  }

  /** The whole relation as one place, read as a SELECT of the user would. */
  static Place wholly(Relation relation) {
    return new Place(relation.oid(), relation.name(), false, 0, 0, Place.END);
  }

  private static long bytes(Relation relation) {
    return relation.bytes() == 0 ? -1 : relation.bytes();
  }
}
