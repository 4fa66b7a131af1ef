package io.millrace.server.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test sets. Thread-safe. */
public final class ManualClock extends Clock {
  private volatile Instant now;

  /** Shows a moment until it is set. */
  public ManualClock(Instant now) {
    this.now = now;
  }

  /** Sets it. */
  public void set(Instant instant) {
    now = instant;
  }

  /** Moves it on. */
  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Only instants are asked for.");
  }
}
