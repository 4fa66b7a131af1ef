package io.millrace.server.output;

import io.millrace.engine.SyncEvent;
import io.millrace.engine.SyncListener;
import io.millrace.engine.SyncProgress;
import io.millrace.spi.Notice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Shows syncs to people at a terminal: a view that redraws in place, then the summary. */
public final class LiveReporter implements SyncReporter {
  private static final Duration REDRAW_INTERVAL = Duration.ofMillis(200);
  private static final String CLEAR_TO_END = "\033[J";
  private static final String NO_WRAP = "\033[?7l";
  private static final String WRAP = "\033[?7h";

  private final Console console;
  private final Clock clock;
  private final List<Notice> notices = new ArrayList<>();
  private final AtomicReference<@Nullable Ticker> ticker = new AtomicReference<>();
  private int linesDrawn;

  /** Makes a reporter for the terminal behind stdout. */
  public LiveReporter(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public SyncListener begin(RunInfo run) {
    notices.clear();
    console.line(
        Colours.bold(console.colour(), run.pipeline())
            + "  "
            + run.source()
            + " -> "
            + run.destination());
    return event -> on(run, event);
  }

  @Override
  public void end(RunInfo run, Outcome outcome) {
    stopProgress();
    if (outcome.failure() == null) {
      for (String line : new SummaryText(run, outcome, notices).lines(console.columns())) {
        console.line(Colours.summary(console.colour(), line));
      }
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
        if (started.resumed()) {
          console.line("Going on with sync " + started.syncId() + ".");
        }
        startProgress(started.progress());
      }
      case SyncEvent.StreamStarted ignored -> {
        // The view shows it.
      }
      case SyncEvent.StreamEnded ignored -> {
        // The view counts it, the summary shows it.
      }
      case SyncEvent.Retrying retrying ->
          above(
              retrying.stream().display()
                  + ": trying again in "
                  + Humans.duration(retrying.delay())
                  + ": "
                  + run.mask().mask(retrying.failure().message()));
      case SyncEvent.Noticed noticed -> notices.add(noticed.notice());
    }
  }

  private void startProgress(SyncProgress progress) {
    Instant began = clock.instant();
    ProgressView view = new ProgressView(console.columns(), console.colour());
    ticker.set(
        new Ticker(
            REDRAW_INTERVAL,
            () -> draw(view.lines(progress.streams(), Duration.between(began, clock.instant())))));
  }

  private void stopProgress() {
    Ticker running = ticker.getAndSet(null);
    if (running != null) {
      running.close();
      draw(List.of());
    }
  }

  /** Prints a line that stays, above the view. */
  private synchronized void above(String line) {
    console.out().print(back() + line + System.lineSeparator());
    console.out().flush();
    linesDrawn = 0;
  }

  private synchronized void draw(List<String> lines) {
    StringBuilder text = new StringBuilder(back()).append(NO_WRAP);
    lines.forEach(line -> text.append(line).append(System.lineSeparator()));
    text.append(WRAP);
    console.out().print(text);
    console.out().flush();
    linesDrawn = lines.size();
  }

  private String back() {
    return (linesDrawn == 0 ? "" : "\033[" + linesDrawn + "A") + "\r" + CLEAR_TO_END;
  }
}
