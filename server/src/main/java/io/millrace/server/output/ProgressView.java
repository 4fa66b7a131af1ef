package io.millrace.server.output;

import io.millrace.engine.StageTimes;
import io.millrace.engine.StreamProgress;
import io.millrace.engine.StreamStatus;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The lines of a running sync: the streams that run, and one line for all. It remembers when it met
 * a stream, to tell its rate. For one thread.
 */
final class ProgressView {
  private static final int STREAMS_MAX = 8;
  private static final int NAME_COLUMNS_MAX = 40;
  private static final int BAR_COLUMNS = 12;
  private static final int DETAILS_FROM_COLUMNS = 100;
  private static final int BAR_FROM_COLUMNS = 80;
  private static final String DONE = "━";
  private static final String LEFT = "─";

  private final int columns;
  private final boolean colour;
  private final Map<StreamName, Start> starts = new HashMap<>();

  ProgressView(int columns, boolean colour) {
    this.columns = columns;
    this.colour = colour;
  }

  /** What a stream had when it was first seen running. */
  private record Start(Duration at, long rows, long bytes) {}

  List<String> lines(List<StreamProgress> streams, Duration elapsed) {
    List<StreamProgress> running =
        streams.stream().filter(one -> one.status() == StreamStatus.RUNNING).toList();
    List<StreamProgress> shown = running.subList(0, Math.min(STREAMS_MAX, running.size()));
    int nameColumns =
        shown.stream().mapToInt(one -> TextWidth.of(one.stream().display())).max().orElse(0);
    nameColumns = Math.min(nameColumns, Math.min(NAME_COLUMNS_MAX, columns / 3));
    List<String> lines = new ArrayList<>();
    for (StreamProgress one : shown) {
      lines.add(line(one, elapsed, nameColumns));
    }
    lines.add(total(streams, running.size() - shown.size(), elapsed));
    return lines;
  }

  private String line(StreamProgress one, Duration elapsed, int nameColumns) {
    Start start =
        starts.computeIfAbsent(
            one.stream(),
            name -> new Start(elapsed, one.tally().rowsRead(), one.tally().bytesRead()));
    Duration running = elapsed.minus(start.at());
    long rows = one.tally().rowsRead() - start.rows();
    double share = share(one);
    String name = TextWidth.cut(one.stream().display(), nameColumns);
    StringBuilder line = new StringBuilder("  ").append(name);
    line.append(" ".repeat(nameColumns - TextWidth.of(name)));
    if (columns >= BAR_FROM_COLUMNS) {
      line.append("  ").append(bar(share));
    }
    line.append(share < 0 ? "      " : String.format(Locale.ROOT, " %3.0f %%", share * 100));
    line.append(String.format(Locale.ROOT, "  %11s rows", Humans.count(one.tally().rowsRead())));
    line.append(String.format(Locale.ROOT, "  %8s", Humans.bytes(one.tally().bytesRead())));
    line.append("  ").append(Humans.rate(rows, running));
    if (share > 0 && share < 1 && rows > 0) {
      double leftSeconds = running.toMillis() / 1000.0 * (1 - share) / share;
      line.append("  ")
          .append(Humans.duration(Duration.ofSeconds((long) leftSeconds)))
          .append(" left");
    }
    String fitting = TextWidth.cut(line.toString(), columns);
    return columns >= DETAILS_FROM_COLUMNS
        ? coloured(fitting)
            + Colours.dim(colour, cutTo(where(one.time()), columns - TextWidth.of(fitting)))
        : coloured(fitting);
  }

  private String total(List<StreamProgress> streams, int hidden, Duration elapsed) {
    Tally total = streams.stream().map(StreamProgress::tally).reduce(Tally.ZERO, Tally::plus);
    long ended =
        streams.stream()
            .filter(
                one -> one.status() != StreamStatus.RUNNING && one.status() != StreamStatus.PENDING)
            .count();
    String text =
        ended
            + " of "
            + Humans.plural(streams.size(), "stream")
            + " done"
            + (hidden > 0 ? ", " + hidden + " more running" : "")
            + ", "
            + Humans.plural(total.rowsRead(), "row")
            + ", "
            + Humans.bytes(total.bytesRead())
            + ", "
            + Humans.duration(elapsed);
    return Colours.bold(colour, TextWidth.cut(text, columns));
  }

  /** Returns how much is done, 0 to 1, or -1 where nobody can know. */
  private static double share(StreamProgress one) {
    if (one.partitions() > 0 && one.partitions() == one.partitionsDone()) {
      return 1;
    }
    if (one.estimatedRows() > 0) {
      return Math.min(0.99, (double) one.tally().rowsRead() / one.estimatedRows());
    }
    if (one.estimatedBytes() > 0) {
      return Math.min(0.99, (double) one.tally().bytesRead() / one.estimatedBytes());
    }
    return one.partitions() > 1 ? (double) one.partitionsDone() / one.partitions() : -1;
  }

  private static String bar(double share) {
    int full = share < 0 ? 0 : (int) Math.round(share * BAR_COLUMNS);
    return DONE.repeat(full) + LEFT.repeat(BAR_COLUMNS - full);
  }

  /** Colours the bar of a line that has its final width; escape sequences have none. */
  private String coloured(String line) {
    if (!colour) {
      return line;
    }
    return line.replaceFirst("(" + DONE + "+)", Colours.green(true, "$1"))
        .replaceFirst("(" + LEFT + "+)", Colours.dim(true, "$1"));
  }

  private static String where(StageTimes time) {
    long all =
        time.readNanos()
            + time.mapNanos()
            + time.writeNanos()
            + time.commitNanos()
            + time.publishNanos();
    if (all == 0) {
      return "";
    }
    return "  read "
        + time.readNanos() * 100 / all
        + "% map "
        + time.mapNanos() * 100 / all
        + "% write "
        + time.writeNanos() * 100 / all
        + "% commit "
        + (time.commitNanos() + time.publishNanos()) * 100 / all
        + "%";
  }

  private static String cutTo(String text, int room) {
    return room <= 0 ? "" : TextWidth.cut(text, room);
  }
}
