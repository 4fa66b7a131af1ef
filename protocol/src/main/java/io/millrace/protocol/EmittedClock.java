package io.millrace.protocol;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Tells when the source read the rows at hand, so that they carry its time and not ours. */
final class EmittedClock extends Clock {
  private final Clock fallback;
  private long millis;

  EmittedClock(Clock fallback) {
    this.fallback = fallback;
  }

  /** Sets the time; 0 stands for: the source did not say. */
  void set(long emittedMillis) {
    millis = emittedMillis;
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
  public long millis() {
    return millis > 0 ? millis : fallback.millis();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
