package io.millrace.connectors.postgres.destination.copy;

import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Timestamps and times of day beyond PostgreSQL's range. */
final class MicrosCheck extends ValueCheck {
  private final boolean timeOfDay;
  private long values;

  private MicrosCheck(boolean timeOfDay) {
    this.timeOfDay = timeOfDay;
  }

  static MicrosCheck ofTimestamps() {
    return new MicrosCheck(false);
  }

  static MicrosCheck ofTimes() {
    return new MicrosCheck(true);
  }

  @Override
  boolean suspects(FieldVector vector) {
    values = vector.getDataBuffer().memoryAddress();
    int count = vector.getValueCount();
    for (int row = 0; row < count; row++) {
      if (!fits(micros(row))) {
        return true;
      }
    }
    return false;
  }

  @Override
  @Nullable Refusal refusal(int row) {
    long micros = micros(row);
    if (fits(micros)) {
      return null;
    }
    return timeOfDay
        ? new Refusal("A time of day lies between 00:00:00 and 24:00:00.", micros + " microseconds")
        : new Refusal(
            "The timestamp lies before 4714-11-24 BC, the first that PostgreSQL holds.",
            micros + " microseconds since 1970-01-01");
  }

  private boolean fits(long micros) {
    return timeOfDay ? PgTime.isTime(micros) : PgTime.isTimestamp(micros);
  }

  private long micros(int row) {
    return MemoryUtil.getLong(values + (long) row * Long.BYTES);
  }
}
