package io.millrace.connectors.postgres.destination.copy;

import io.millrace.spi.type.SpecialValues;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Dates beyond the range of the column. */
final class DateCheck extends ValueCheck {
  /** The last day whose microseconds fit into 64 bits: within the year 294247. */
  private static final int TIMESTAMP_DAY_MAX = (int) (Long.MAX_VALUE / PgTime.DAY_MICROS) - 1;

  private final boolean asTimestamp;
  private long values;

  DateCheck(boolean asTimestamp) {
    this.asTimestamp = asTimestamp;
  }

  @Override
  boolean suspects(FieldVector vector) {
    values = vector.getDataBuffer().memoryAddress();
    int count = vector.getValueCount();
    for (int row = 0; row < count; row++) {
      if (!fits(days(row))) {
        return true;
      }
    }
    return false;
  }

  @Override
  @Nullable Refusal refusal(int row) {
    int days = days(row);
    if (fits(days)) {
      return null;
    }
    String range =
        asTimestamp
            ? "timestamp column can take (4714-11-24 BC to the year 294247)."
            : "date type holds (4714-11-24 BC to 5874897-12-31).";
    return new Refusal(
        "The date lies outside of what PostgreSQL's " + range, days + " days since 1970-01-01");
  }

  private boolean fits(int days) {
    return PgTime.isDate(days)
        && (!asTimestamp || days <= TIMESTAMP_DAY_MAX || days == SpecialValues.DATE_INFINITY);
  }

  private int days(int row) {
    return MemoryUtil.getInt(values + (long) row * Integer.BYTES);
  }
}
