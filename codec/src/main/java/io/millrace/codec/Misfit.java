package io.millrace.codec;

import io.millrace.spi.RejectedRow;
import org.jspecify.annotations.Nullable;

/**
 * Why a row does not fit its schema.
 *
 * @param column the column at fault, or null when the whole row is
 * @param reason one sentence that names what was expected
 * @param text the offending text
 */
public record Misfit(@Nullable String column, String reason, String text) {
  /**
   * Returns the row for quarantine.
   *
   * @param position see {@link RejectedRow#position}
   */
  public RejectedRow at(String position) {
    return new RejectedRow(position, column, reason, text);
  }
}
