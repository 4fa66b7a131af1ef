package io.millrace.spi;

import io.millrace.spi.config.Choice;

/** Which of Airbyte's columns a destination adds to a typed table. */
public enum MetadataColumns {
  /**
   * {@code _airbyte_raw_id}, {@code _airbyte_extracted_at}, {@code _airbyte_meta} and {@code
   * _airbyte_generation_id}.
   */
  @Choice(value = "full", title = "Airbyte's four columns")
  FULL,
  /** The fields of the source alone. */
  @Choice(value = "none", title = "A plain copy")
  NONE
}
