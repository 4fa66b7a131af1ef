package io.millrace.spi;

import io.millrace.spi.config.Choice;

/** How a stream becomes a table. The engine shapes the batches; the destination stores them. */
public enum TableLayout {
  /** One column per field. */
  @Choice(value = "typed", title = "Typed columns")
  TYPED,
  /**
   * One table {@code _airbyte_raw_<stream>} with the row as JSON in {@code _airbyte_data}, beside
   * {@code _airbyte_ab_id} and {@code _airbyte_emitted_at}.
   */
  @Choice(value = "raw", title = "Raw JSON")
  RAW
}
