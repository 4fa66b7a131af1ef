package io.millrace.connectors.postgres.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Pages of one table that were read at one moment, from whatever partitions.
 *
 * @param place the pages
 * @param moment when they were read last
 * @param rows how many rows were read from them
 */
record Span(Place place, SnapshotView moment, long rows) {
  /**
   * Joins what is done of one table: partitions that overlap (a range and what caught up on it
   * later) become one, and so do neighbours of one moment.
   */
  static List<Span> of(List<Earlier.Done> done) {
    List<Span> spans = new ArrayList<>();
    done.stream()
        .map(one -> new Span(one.task().place(), one.outcome().snapshot(), one.outcome().rows()))
        .sorted(Comparator.comparingLong(span -> span.place.from()))
        .forEach(span -> add(spans, span));
    return neighbours(spans);
  }

  private static void add(List<Span> spans, Span next) {
    if (spans.isEmpty() || spans.getLast().place.to() <= next.place.from()) {
      spans.add(next);
      return;
    }
    Span last = spans.removeLast();
    Place joined = last.place.until(Math.max(last.place.to(), next.place.to()));
    spans.add(new Span(joined, later(last, next, joined), last.rows + next.rows));
  }

  /** The moment that is true of all the pages: a partition over all of them read them last. */
  private static SnapshotView later(Span one, Span other, Place all) {
    boolean oneIsLater = one.moment.xmax() >= other.moment.xmax();
    Span later = oneIsLater ? one : other;
    Span earlier = oneIsLater ? other : one;
    return later.place.contains(all) ? later.moment : earlier.moment;
  }

  private static List<Span> neighbours(List<Span> spans) {
    List<Span> joined = new ArrayList<>();
    for (Span span : spans) {
      Span last = joined.isEmpty() ? null : joined.getLast();
      if (last != null
          && last.place.to() == span.place.from()
          && last.moment.key().equals(span.moment.key())) {
        joined.removeLast();
        joined.add(new Span(last.place.until(span.place.to()), last.moment, last.rows + span.rows));
      } else {
        joined.add(span);
      }
    }
    return joined;
  }
}
