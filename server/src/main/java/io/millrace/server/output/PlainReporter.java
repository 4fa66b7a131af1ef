package io.millrace.server.output;

import io.millrace.engine.StreamProgress;
import io.millrace.engine.StreamStatus;
import io.millrace.engine.StreamSummary;
import io.millrace.engine.SyncEvent;
import io.millrace.engine.SyncListener;
import io.millrace.engine.SyncProgress;
import io.millrace.spi.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Shows syncs to people without a terminal, such as readers of a log: a line an event. */
public final class PlainReporter implements SyncReporter {
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);

  private final Console console;
  private final List<Notice> notices = new ArrayList<>();
  private final AtomicReference<@Nullable Ticker> ticker = new AtomicReference<>();

  /** Makes a reporter that writes to stdout, and failures to stderr. */
  public PlainReporter(Console console) {
    this.console = console;
  }

  @Override
  public SyncListener begin(RunInfo run) {
    notices.clear();
    console.line(run.pipeline() + ": " + run.source() + " -> " + run.destination());
    return event -> on(run, event);
  }

  @Override
  public void end(RunInfo run, Outcome outcome) {
    stopProgress();
    if (outcome.failure() == null) {
      new SummaryText(run, outcome, notices).lines(Integer.MAX_VALUE).forEach(console::line);
    }
    Sentences.of(outcome, run.mask()).forEach(console::errorLine);
    if (outcome.failure() != null) {
      run.logLine().ifPresent(console::errorLine);
    }
  }

  @Override
  public void close() {
    stopProgress();
  }

  private void on(RunInfo run, SyncEvent event) {
    switch (event) {
      case SyncEvent.Started started -> {
        console.line(
            (started.resumed() ? "Going on with sync " : "Sync ")
                + started.syncId()
                + ": "
                + Humans.plural(started.progress().streams().size(), "stream"));
        ticker.set(new Ticker(PROGRESS_INTERVAL, () -> progress(started.progress())));
      }
      case SyncEvent.StreamStarted ignored -> {
        // Its end is told; a line for each beginning would double the output.
      }
      case SyncEvent.StreamEnded ended -> console.line(line(ended.summary()));
      case SyncEvent.Retrying retrying ->
          console.line(
              retrying.stream().display()
                  + ": trying again in "
                  + Humans.duration(retrying.delay())
                  + " (attempt "
                  + retrying.attempt()
                  + "): "
                  + run.mask().mask(retrying.failure().message()));
      case SyncEvent.Noticed noticed -> notices.add(noticed.notice());
    }
  }

  private void progress(SyncProgress progress) {
    for (StreamProgress stream : progress.streams()) {
      if (stream.status() == StreamStatus.RUNNING) {
        console.line(
            stream.stream().display()
                + ": "
                + Humans.plural(stream.tally().rowsRead(), "row")
                + ", "
                + Humans.bytes(stream.tally().bytesRead())
                + " so far");
      }
    }
  }

  private static String line(StreamSummary summary) {
    return summary.stream().display()
        + ": "
        + summary.status().label()
        + ", "
        + Humans.plural(summary.tally().rowsWritten(), "row")
        + " in "
        + Humans.duration(summary.duration());
  }

  private void stopProgress() {
    Ticker running = ticker.getAndSet(null);
    if (running != null) {
      running.close();
    }
  }
}
