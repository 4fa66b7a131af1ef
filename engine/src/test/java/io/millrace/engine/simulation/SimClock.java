package io.millrace.engine.simulation;

import io.millrace.engine.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that only the simulation moves; waiting moves it. */
final class SimClock extends Clock implements Pause {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    Turns.giveWay(1);
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while waiting on the simulated clock");
    }
    advance(time);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }
}
