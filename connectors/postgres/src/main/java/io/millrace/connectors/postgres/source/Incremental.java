package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.type.PgColumn;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Notice;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plans an incremental read.
 *
 * <p>What is new in a table is told by the transactions that wrote its rows: those that the last
 * read's snapshot did not show. So a row that is committed late, with a cursor smaller than some
 * already read, is not lost, and one with an equal cursor is not read twice. The cursor decides
 * alone where rows carry no transaction (views, foreign tables), or where the ids of the last read
 * mean nothing any more.
 */
final class Incremental {
  /** Ids have an order over two thousand million transactions; beyond, nothing is certain. */
  private static final long AGE_MAX = (1L << 31) - 50_000_000;

  /** How far the state may fall behind while a table does not change, before it is moved on. */
  private static final long AGE_TO_RENEW = 500_000_000;

  private final ConfiguredStream stream;
  private final Relation relation;
  private final @Nullable Progress progress;
  private final ReadTransaction transaction;
  private final Consumer<Notice> notices;
  private final @Nullable PgColumn cursor;
  private final boolean tracks;

  private Incremental(
      ConfiguredStream stream,
      Relation relation,
      @Nullable Progress progress,
      ReadTransaction transaction,
      Consumer<Notice> notices,
      @Nullable PgColumn cursor) {
    this.stream = stream;
    this.relation = relation;
    this.progress = progress;
    this.transaction = transaction;
    this.notices = notices;
    this.cursor = cursor;
    this.tracks = relation.tracksChanges();
  }

  /**
   * Makes the planner of a stream.
   *
   * @throws ConfigException when it cannot be read incrementally as chosen
   */
  static Incremental of(
      ReplicationMethod method,
      ConfiguredStream stream,
      Relation relation,
      @Nullable Progress progress,
      ReadTransaction transaction,
      Consumer<Notice> notices) {
    @Nullable PgColumn cursor =
        switch (method) {
          case ReplicationMethod.Standard() -> Cursors.chosen(stream, relation);
          case ReplicationMethod.Xmin() -> null;
        };
    if (cursor == null && method instanceof ReplicationMethod.Standard) {
      throw new ConfigException(
          "cursor_missing",
          stream.name().display()
              + " is to be read incrementally and has no cursor field. Choose one: a timestamp or"
              + " number that grows with every change.");
    }
    if (cursor == null && !relation.tracksChanges()) {
      throw new ConfigException(
          "not_incremental",
          stream.name().display()
              + " cannot be read by transaction ids, because its rows carry none (it is a view, a"
              + " foreign table, or read under row security). Read it in full, or choose the"
              + " replication method Standard and a cursor field.");
    }
    return new Incremental(stream, relation, progress, transaction, notices, cursor);
  }

  /** Adds the partitions; none when nothing is new. */
  void plan(Planner planner, Partitions partitions) throws InterruptedException {
    if (progress == null) {
      boolean shared = transaction.snapshot().name() != null;
      Filter filter = shared ? bounded(Filter.ALL) : Filter.ALL;
      planner.all(transaction, relation, filter, shared ? ahead(filter) : null, partitions);
    } else if (tracks && idsHold(progress)) {
      changed(planner, progress, Objects.requireNonNull(progress.known()), partitions);
    } else {
      behindCursor(planner, progress, partitions);
    }
  }

  /** Returns what the next read begins with, when everything that a filter takes is read now. */
  Ahead ahead(Filter filter) throws InterruptedException {
    if (cursor == null) {
      return Ahead.NOTHING;
    }
    Filter all = Filter.ALL.before(filter.before());
    return transaction.call(
        what(), jdbc -> Probe.ahead(jdbc, relation.name(), all, cursor.name(), !tracks));
  }

  private void changed(Planner planner, Progress from, Known known, Partitions partitions)
      throws InterruptedException {
    SnapshotView now = transaction.snapshot();
    if (from.nothingSince(now)) {
      return;
    }
    @Nullable String field = sameField(from);
    Filter fresh = Filter.since(known).or(field == null ? null : position(from));
    if (now.name() == null) {
      planner.all(transaction, relation, fresh, null, partitions);
      return;
    }
    Filter filter = bounded(fresh);
    int version = transaction.session().serverVersion();
    Probe.News news =
        transaction.call(what(), jdbc -> Probe.news(jdbc, version, relation, filter, field));
    Ahead ahead = field != null ? new Ahead(news.cursor(), -1) : ahead(filter);
    for (Probe.Found found : news.found()) {
      add(planner, found, filter, ahead, partitions);
    }
    if (news.found().isEmpty() && now.xmax() - known.horizon() > AGE_TO_RENEW) {
      moveOn(from, filter, partitions);
    }
  }

  private @Nullable String sameField(Progress from) {
    return cursor != null && cursor.name().equals(from.cursorField()) ? cursor.name() : null;
  }

  private void add(
      Planner planner, Probe.Found found, Filter filter, Ahead ahead, Partitions partitions) {
    Leaf leaf =
        relation.leaves().stream()
            .filter(one -> one.oid() == found.oid())
            .findFirst()
            .orElseThrow();
    SnapshotView moment = filter.moment(transaction.snapshot());
    List<Place> places = planner.places(transaction, leaf, found.from(), found.to());
    for (Place place : places) {
      partitions.add(
          new Task(place, filter, moment, ahead, null),
          Math.ceilDiv(found.rows(), places.size()),
          -1);
    }
  }

  /** A partition without rows, whose end gives a newer state to a table that never changes. */
  private void moveOn(Progress from, Filter filter, Partitions partitions) {
    Place nothing = Planner.wholly(relation).range(0, 0);
    SnapshotView moment = filter.moment(transaction.snapshot());
    partitions.add(new Task(nothing, filter, moment, new Ahead(from.cursor(), -1), null), 0, 0);
  }

  private void behindCursor(Planner planner, Progress from, Partitions partitions)
      throws InterruptedException {
    @Nullable Cursor position = position(from);
    if (cursor == null || position == null || !cursor.name().equals(from.cursorField())) {
      throw new ConfigException(
          "state_unusable",
          "The stored state of "
              + stream.name().display()
              + " does not fit: it is of another database, another cursor field, or too old. Reset"
              + " the stream's state to read it from its beginning.");
    }
    if (tracks) {
      notices.accept(
          new Notice(
              "transactions_unknown",
              stream.name(),
              "The stored state is of another database or an older form, so this read goes by the"
                  + " cursor alone: rows with the last cursor may come again, and rows committed"
                  + " late are not seen."));
    }
    Filter filter = new Filter(null, position, true, Filter.NO_END);
    Ahead ahead = ahead(filter);
    if (position.value().equals(ahead.cursor())
        && ahead.ties() == from.ties()
        && from.ties() >= 0) {
      return;
    }
    planner.all(transaction, relation, filter, ahead, partitions);
  }

  /** With a transaction running for very long, later ones wait, as they cannot be told apart. */
  Filter bounded(Filter filter) {
    SnapshotView now = transaction.snapshot();
    boolean recorded = now.name() != null && now.gapsCanBeRecorded();
    if (!tracks || !now.hasGaps() || recorded) {
      return filter;
    }
    if (now.xmax() - now.xmin() > Known.GAP_MAX) {
      notices.accept(
          new Notice(
              "waits_for_transaction",
              stream.name(),
              "A transaction has been running while "
                  + (now.xmax() - now.xmin())
                  + " others began, so rows written since it began are read by a later sync."));
    }
    return filter.before(now.xmin());
  }

  private boolean idsHold(Progress from) {
    SnapshotView now = transaction.snapshot();
    @Nullable Known known = from.known();
    return known != null
        && from.cluster().equals(now.cluster())
        && from.end() <= now.xmax()
        && now.xmax() - known.horizon() < AGE_MAX;
  }

  private @Nullable Cursor position(Progress from) {
    @Nullable String value = from.cursor();
    return cursor == null || value == null
        ? null
        : new Cursor(cursor.name(), cursor.type().text(), value);
  }

  private String what() {
    return "look for changes in " + stream.name().display();
  }
}
