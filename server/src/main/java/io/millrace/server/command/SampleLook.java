package io.millrace.server.command;

import io.millrace.server.output.Console;
import io.millrace.server.query.TableLook;
import io.millrace.server.store.StoreAwayException;
import io.millrace.server.up.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a newcomer data, not only an address: has the sample made, waits for its sync and prints
 * the rows. Whatever goes wrong here, the server runs on.
 */
final class SampleLook {
  private static final Logger LOG = LoggerFactory.getLogger(SampleLook.class);
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** While the store is away, the sample is tried again this often. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Surroundings surroundings;
  private final Server server;
  private final CountDownLatch stopped;

  /**
   * Makes it.
   *
   * @param stopped is zero when nobody wants to wait any longer
   */
  SampleLook(Surroundings surroundings, Server server, CountDownLatch stopped) {
    this.surroundings = surroundings;
    this.server = server;
    this.stopped = stopped;
  }

  /** Does it; returns at once where the installation has been used. */
  void show() throws InterruptedException {
    try {
      Optional<Server.Sample> sample = made();
      if (sample.isPresent() && ended(sample.get().job())) {
        print(sample.get().warehouse());
      }
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("sample_failed");
      surroundings
          .console()
          .errorLine(
              "The sample connection could not be made or shown; the server's log says why.");
    }
  }

  private Optional<Server.Sample> made() throws InterruptedException {
    while (true) {
      try {
        return server.firstRun();
      } catch (StoreAwayException e) {
        LOG.atWarn().addKeyValue("again_in", AGAIN).setCause(e).log("sample_waits_for_store");
      }
      if (stopped.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    }
  }

  private boolean ended(long job) throws InterruptedException {
    long end = System.nanoTime() + WAIT.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (server.ended(job)) {
          return true;
        }
      } catch (StoreAwayException e) {
        LOG.atDebug().setCause(e).log("sample_waits_for_store");
      }
      if (stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  private void print(Path warehouse) {
    Console console = surroundings.console();
    console.line("The sample connection has synced into " + warehouse + ":");
    new TableLook(console, warehouse).print(List.of("users", "products", "purchases"));
    console.line("");
    console.line(LookCloser.line(surroundings, warehouse, "users"));
  }
}
