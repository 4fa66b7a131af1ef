package io.millrace.server.output;

import io.millrace.engine.StreamStatus;
import io.millrace.engine.StreamSummary;
import io.millrace.engine.SyncStatus;
import io.millrace.spi.Notice;
import io.millrace.spi.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The summary of a pipeline for people: a table of its streams, warnings, and what to do next. */
final class SummaryText {
  private static final int SUCCEEDED_MAX = 40;
  private static final int NOTICES_MAX = 10;

  private final RunInfo run;
  private final Outcome outcome;
  private final List<Notice> notices;

  SummaryText(RunInfo run, Outcome outcome, List<Notice> notices) {
    this.run = run;
    this.outcome = outcome;
    this.notices = notices;
  }

  List<String> lines(int columnsMax) {
    List<String> lines = new ArrayList<>();
    if (!outcome.streams().isEmpty()) {
      lines.add("");
      lines.addAll(table(columnsMax));
      lines.add("");
    }
    lines.add(verdict());
    warnings(lines);
    hints(lines);
    return lines;
  }

  private List<String> table(int columnsMax) {
    TextTable table =
        new TextTable(List.of("STREAM", "STATUS", "ROWS", "READ", "TIME", "TARGET")).right(2, 3, 4);
    int succeeded = 0;
    int left = 0;
    for (StreamSummary stream : outcome.streams()) {
      if (stream.status() == StreamStatus.SUCCEEDED && ++succeeded > SUCCEEDED_MAX) {
        left++;
        continue;
      }
      table.row(
          List.of(
              stream.stream().display(),
              stream.status().label(),
              Humans.count(stream.tally().rowsWritten()),
              Humans.bytes(stream.tally().bytesRead()),
              Humans.duration(stream.duration()),
              stream.target()));
    }
    List<String> lines = new ArrayList<>(table.lines(columnsMax));
    if (left > 0) {
      lines.add("... and " + Humans.plural(left, "more stream") + " that succeeded");
    }
    return lines;
  }

  private String verdict() {
    Tally total =
        outcome.streams().stream().map(StreamSummary::tally).reduce(Tally.ZERO, Tally::plus);
    long succeeded =
        outcome.streams().stream().filter(s -> s.status() == StreamStatus.SUCCEEDED).count();
    String filtered =
        total.rowsFiltered() == 0
            ? ""
            : ", " + Humans.plural(total.rowsFiltered(), "row") + " filtered out,";
    String counts =
        Humans.plural(total.rowsWritten(), "row")
            + filtered
            + " in "
            + Humans.duration(outcome.duration())
            + " ("
            + Humans.rate(total.rowsRead(), outcome.duration())
            + ")";
    return switch (outcome.status()) {
      case SUCCEEDED ->
          run.pipeline()
              + ": succeeded, "
              + Humans.plural(outcome.streams().size(), "stream")
              + ", "
              + counts;
      case PARTIAL ->
          run.pipeline()
              + ": "
              + succeeded
              + " of "
              + Humans.plural(outcome.streams().size(), "stream")
              + " succeeded, "
              + counts;
      case FAILED -> run.pipeline() + ": failed after " + Humans.duration(outcome.duration());
      case CANCELLED -> run.pipeline() + ": stopped, " + counts + " kept so far";
    };
  }

  private void warnings(List<String> lines) {
    long quarantined =
        outcome.streams().stream().mapToLong(stream -> stream.tally().rowsQuarantined()).sum();
    if (quarantined > 0) {
      lines.add(
          "Warning: "
              + Humans.plural(quarantined, "row")
              + " could not be carried and went to quarantine; \"millrace quarantine list "
              + run.pipeline()
              + "\" says why.");
    }
    for (StreamSummary stream : outcome.streams()) {
      if (!stream.renamedColumns().isEmpty()) {
        lines.add(
            "Warning: "
                + stream.stream().display()
                + " has renamed columns: "
                + stream.renamedColumns().entrySet().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .map(entry -> entry.getKey() + " -> " + entry.getValue())
                    .collect(Collectors.joining(", ")));
      }
    }
    notices.stream()
        .limit(NOTICES_MAX)
        .forEach(notice -> lines.add("Warning: " + run.mask().mask(notice.message())));
    if (notices.size() > NOTICES_MAX) {
      lines.add(
          "... and "
              + Humans.plural(notices.size() - NOTICES_MAX, "more warning")
              + " in the log.");
    }
  }

  private void hints(List<String> lines) {
    if (outcome.status() != SyncStatus.SUCCEEDED) {
      run.logLine().ifPresent(lines::add);
    }
    if (outcome.status() == SyncStatus.PARTIAL) {
      lines.add("The same command goes on where this one ended.");
    }
  }
}
