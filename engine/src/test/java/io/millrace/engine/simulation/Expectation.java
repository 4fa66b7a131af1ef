package io.millrace.engine.simulation;

import io.millrace.engine.StreamMemory;
import io.millrace.engine.StreamSummary;
import io.millrace.spi.Tally;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the target of one stream may hold, given everything that has happened. */
final class Expectation {
  /** The contents that a completed read may have seen. */
  private record Read(int from, int to) {}

  private final Subject subject;
  private final Predicate<Row> carried;
  private final List<Read> completed = new ArrayList<>();
  private List<Row> baseline = List.of();
  private @Nullable List<Row> leftByOtherMode;
  private int shown = -1;
  private int openSince = -1;

  Expectation(Subject subject, Predicate<Row> carried) {
    this.subject = subject;
    this.carried = carried;
  }

  /** A process begins that may read the stream. */
  void processBegins() {
    if (openSince < 0) {
      openSince = subject.now();
    }
  }

  /** The stream has succeeded and its sync is over. */
  void completed() {
    completed.add(new Read(openSince, subject.now()));
    openSince = -1;
  }

  /** From now on rows are added to those that are there. */
  void appendTo(List<Row> rows) {
    baseline = rows;
    completed.clear();
  }

  /** Rows that another mode has published may stay until this one publishes. */
  void replaceSoon(@Nullable List<Row> rows) {
    leftByOtherMode = rows;
  }

  /** Checks what a reader sees at any moment. */
  void check(@Nullable List<Row> published) {
    List<Row> rows = published == null ? List.of() : published;
    switch (subject.mode()) {
      case FULL_REFRESH_OVERWRITE, FULL_REFRESH_OVERWRITE_DEDUP -> checkWhole(published);
      case FULL_REFRESH_APPEND -> checkAppended(rows);
      case INCREMENTAL_APPEND -> checkOnce(rows);
      case INCREMENTAL_APPEND_DEDUP -> checkOnePerKey(rows);
    }
  }

  /** Checks what a reader sees when nothing is open and everything was read. */
  void checkAtTheEnd(List<Row> whole) {
    List<Row> published = whole.stream().map(Subject::told).toList();
    List<Row> now = expected(subject.content(subject.now()));
    switch (subject.mode()) {
      case FULL_REFRESH_OVERWRITE, FULL_REFRESH_OVERWRITE_DEDUP -> {
        fail(!same(published, now), "the target differs from the source", published, now);
        List<Row> source = subject.table().rows();
        fail(!source.containsAll(whole), "values differ from the source", whole, source);
      }
      case INCREMENTAL_APPEND_DEDUP ->
          fail(!same(published, now), "the target differs from the source", published, now);
      case FULL_REFRESH_APPEND -> checkAppended(published);
      case INCREMENTAL_APPEND -> {
        List<Row> missing = new ArrayList<>(now);
        missing.removeAll(new HashSet<>(published));
        fail(!missing.isEmpty(), "rows are lost", published, missing);
      }
    }
  }

  /** Checks the numbers of a stream that has succeeded. */
  void checkCounts(StreamSummary summary, List<Row> published) {
    fail(
        !summary.tally().balanced(),
        "the counts disagree: " + summary.tally(),
        published,
        List.of());
    boolean whole =
        switch (subject.mode()) {
          case FULL_REFRESH_OVERWRITE, FULL_REFRESH_OVERWRITE_DEDUP -> true;
          case FULL_REFRESH_APPEND, INCREMENTAL_APPEND, INCREMENTAL_APPEND_DEDUP -> false;
        };
    if (whole) {
      fail(
          !countsOfSomeContent(summary.tally(), published),
          "the counts are not those of the rows: " + summary.tally(),
          published,
          subject.content(shown).rows());
    }
  }

  private boolean countsOfSomeContent(Tally tally, List<Row> published) {
    for (int number = 0; number <= subject.now(); number++) {
      List<Row> seen = subject.content(number).rows();
      if (same(published, expected(subject.content(number)))
          && tally.rowsRead() == seen.size()
          && tally.rowsWritten() == seen.stream().filter(carried).count()) {
        return true;
      }
    }
    return false;
  }

  /** Checks that the state of an incremental stream covers no row that is not published. */
  void checkState(@Nullable StreamMemory memory, @Nullable List<Row> published) {
    if (memory == null || memory.state() == null || !subject.mode().incremental()) {
      return;
    }
    Matcher slot = Pattern.compile("\"slot\":(\\d+)").matcher(memory.state().token());
    fail(!slot.find(), "the state cannot be read: " + memory.state(), List.of(), List.of());
    long covered = Long.parseLong(slot.group(1));
    Set<Row> there = new HashSet<>(published == null ? List.of() : published);
    List<Row> ahead = new ArrayList<>();
    for (Row row : expected(subject.contentBefore((int) covered))) {
      boolean superseded = subject.mode().writeMode().dedups() && newerIsThere(row, there);
      if (!there.contains(row) && !superseded) {
        ahead.add(row);
      }
    }
    fail(!ahead.isEmpty(), "the state is ahead of the data", List.copyOf(there), ahead);
  }

  private static boolean newerIsThere(Row row, Set<Row> there) {
    return there.stream()
        .anyMatch(
            other ->
                Objects.equals(other.get(0), row.get(0))
                    && (Long) Objects.requireNonNull(other.get(1))
                        > (Long) Objects.requireNonNull(row.get(1)));
  }

  private void checkWhole(@Nullable List<Row> published) {
    if (published == null) {
      fail(shown >= 0, "the target is gone", List.of(), List.of());
      return;
    }
    if (leftByOtherMode != null && same(published, leftByOtherMode)) {
      return;
    }
    leftByOtherMode = null;
    for (int number = Math.max(shown, 0); number <= subject.now(); number++) {
      if (same(published, expected(subject.content(number)))) {
        shown = number;
        return;
      }
    }
    fail(
        true,
        "the target holds no content the source ever had (after content " + shown + ")",
        published,
        expected(subject.content(subject.now())));
  }

  private void checkAppended(List<Row> rows) {
    Map<Row, Integer> found = counts(rows);
    baseline.forEach(row -> found.merge(row, -1, Integer::sum));
    Set<Row> ever = new HashSet<>();
    for (int number = 0; number <= subject.now(); number++) {
      ever.addAll(subject.content(number).rows());
    }
    ever.removeIf(carried.negate());
    for (Row row : ever) {
      int count = found.getOrDefault(row, 0);
      found.remove(row);
      int least = (int) completed.stream().filter(read -> throughout(row, read)).count();
      int most = (int) completed.stream().filter(read -> ever(row, read)).count();
      most += openSince >= 0 && ever(row, new Read(openSince, subject.now())) ? 1 : 0;
      fail(
          count < least || count > most,
          "%s is there %d times, not %d to %d".formatted(row, count, least, most),
          rows,
          List.of());
    }
    found.values().removeIf(count -> count == 0);
    fail(!found.isEmpty(), "rows that never were in the source: " + found, rows, List.of());
  }

  private boolean throughout(Row row, Read read) {
    for (int number = read.from; number <= read.to; number++) {
      if (!subject.content(number).rows().contains(row)) {
        return false;
      }
    }
    return true;
  }

  private boolean ever(Row row, Read read) {
    for (int number = read.from; number <= read.to; number++) {
      if (subject.content(number).rows().contains(row)) {
        return true;
      }
    }
    return false;
  }

  private void checkOnce(List<Row> rows) {
    List<Row> twice =
        counts(rows).entrySet().stream()
            .filter(entry -> entry.getValue() > 1)
            .map(Map.Entry::getKey)
            .toList();
    fail(!twice.isEmpty(), "rows are doubled", rows, twice);
  }

  private void checkOnePerKey(List<Row> rows) {
    fail(
        rows.stream().map(row -> row.get(0)).distinct().count() != rows.size(),
        "a key is there twice",
        rows,
        List.of());
  }

  private List<Row> expected(Subject.Content content) {
    List<Row> rows = content.rows().stream().filter(carried).toList();
    return subject.mode().writeMode().dedups() ? Subject.newestByKey(rows) : rows;
  }

  private static boolean same(List<Row> one, List<Row> other) {
    return counts(one).equals(counts(other));
  }

  private static Map<Row, Integer> counts(List<Row> rows) {
    Map<Row, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row, 1, Integer::sum));
    return counts;
  }

  private void fail(boolean when, String what, List<Row> published, List<Row> other) {
    if (when) {
      throw new AssertionError(
          "%s, %s: %s. Published: %s. Beside: %s."
              .formatted(subject.name().display(), subject.mode(), what, published, other));
    }
  }
}
